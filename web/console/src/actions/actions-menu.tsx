import { ActionIcon, Menu } from "@mantine/core";
import { useRef } from "react";
import type { User } from "../api/types.ts";
import { Icon } from "../page/icons.tsx";
import { fullName } from "../users/full-name.ts";
import { useStartAction } from "./action-dialog-host.tsx";
import { allowedActions } from "./actions.ts";
import classes from "./actions.module.css";

export function ActionsMenu({ user }: { user: User }) {
  const button = useRef<HTMLButtonElement>(null);
  const startAction = useStartAction();
  const actions = allowedActions(user);
  if (!actions.length) return null;
  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <ActionIcon ref={button} variant="subtle" color="gray" size="lg" aria-label={`Actions for ${fullName(user)}`}>
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map((action) => (
          <Menu.Item
            key={action.name}
            leftSection={<Icon name={action.icon} />}
            className={action.danger && classes.danger}
            onClick={() => {
              // The menu item is about to unmount: the dialog returns the focus to the menu's button.
              button.current?.focus();
              startAction(action, user);
            }}
          >
            {action.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
