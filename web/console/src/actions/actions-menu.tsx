import { ActionIcon, Menu } from "@mantine/core";
import { Fragment, useRef } from "react";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import type { User } from "../api/types.ts";
import { Icon } from "../page/icons.tsx";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { useStartAction } from "./action-dialog-host.tsx";
import { allowedActions } from "./actions.ts";
import classes from "./actions.module.css";

export function ActionsMenu({ user }: { user: User }) {
  const button = useRef<HTMLButtonElement>(null);
  const { isAdmin } = useAccountContext();
  const startAction = useStartAction();
  const actions = allowedActions(user, isAdmin);
  if (!actions.length) return null;
  const firstDanger = actions.findIndex(({ danger }) => danger);
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <ActionIcon
          ref={button}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={fill(texts.users.actionsFor, { name: fullName(user) })}
        >
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map((action, index) => (
          <Fragment key={action.name}>
            {index === firstDanger && index > 0 && <Menu.Divider />}
            <Menu.Item
              leftSection={<Icon name={action.icon} />}
              className={action.danger && classes.danger}
              onClick={() => {
                // The menu item is about to unmount: the dialog returns the focus to the menu's button.
                button.current?.focus();
                startAction(action, user);
              }}
            >
              {texts.action[action.name]}
            </Menu.Item>
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
