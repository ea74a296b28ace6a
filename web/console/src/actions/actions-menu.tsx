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
import { canResend } from "./can-resend.ts";
import type { Action } from "./types.ts";
import { useResend } from "./use-resend.ts";

/** Everything that can be done with a user of the list. */
export function ActionsMenu({ user }: { user: User }) {
  const actions = allowedActions(user, useAccountContext());
  return <Actions user={user} actions={actions} withResend={canResend(user)} />;
}

interface ActionsProps {
  user: User;
  actions: Action[];
  withResend?: boolean;
  variant?: "subtle" | "default";
}

/** A button that opens a menu of actions; nothing without any. */
export function Actions({ user, actions, withResend = false, variant = "subtle" }: ActionsProps) {
  const button = useRef<HTMLButtonElement>(null);
  const startAction = useStartAction();
  if (!actions.length && !withResend) return null;
  const firstDanger = actions.findIndex(({ danger }) => danger);
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon
          ref={button}
          variant={variant}
          color="gray"
          size="lg"
          className={classes.menuButton ?? ""}
          aria-label={fill(texts.users.actionsFor, { name: fullName(user) })}
        >
          <Icon name="dots" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {withResend && <ResendItem user={user} />}
        {actions.map((action, index) => (
          <Fragment key={action.name}>
            {index === firstDanger && (index > 0 || withResend) && <Menu.Divider />}
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

function ResendItem({ user }: { user: User }) {
  const { text, isWaiting, send } = useResend(user);
  return (
    // Not disabled: it would take the focus of the menu, and Escape would not be heard.
    <Menu.Item
      leftSection={<Icon name="send" />}
      aria-disabled={isWaiting}
      className={isWaiting ? (classes.waiting ?? "") : ""}
      closeMenuOnClick={!isWaiting}
      onClick={send}
    >
      {text}
    </Menu.Item>
  );
}
