import { ActionIcon, Menu } from "@mantine/core";
import { useRef } from "react";
import type { User } from "../api/types.ts";
import { Icon } from "../page/icons.tsx";
import { nameOf } from "../users/names.ts";
import { useAct } from "./acting.tsx";
import { actionsOn } from "./actions.ts";
import classes from "./actions.module.css";

export function ActionsMenu({ user }: { user: User }) {
  const button = useRef<HTMLButtonElement>(null);
  const act = useAct();
  const actions = actionsOn(user);
  if (!actions.length) return null;
  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <ActionIcon ref={button} variant="subtle" color="gray" size="lg" aria-label={`Actions for ${nameOf(user)}`}>
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
              // The item is about to vanish; the dialog gives the focus back to what has it now.
              button.current?.focus();
              act(action, user);
            }}
          >
            {action.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
