import { Button, Group } from "@mantine/core";
import { useAccountContext } from "../account/account-context.ts";
import type { User } from "../api/types.ts";
import { Icon } from "../page/icons.tsx";
import { texts } from "../texts/index.ts";
import { useStartAction } from "./action-dialog-host.tsx";
import { allowedActions } from "./actions.ts";
import { Actions } from "./actions-menu.tsx";
import classes from "./actions.module.css";
import { canResend } from "./can-resend.ts";
import { ResendButton } from "./resend-button.tsx";

/** Buttons for the allowed actions of the user page; those that are needed seldom are in a menu. */
export function ActionButtons({ user }: { user: User }) {
  const actions = allowedActions(user, useAccountContext());
  const startAction = useStartAction();
  return (
    <Group gap="xs" className={classes.buttons}>
      {canResend(user) && <ResendButton user={user} size="sm" variant="filled" leftSection={<Icon name="send" />} />}
      {actions
        .filter(({ rare }) => !rare)
        .map((action) => (
          <Button
            key={action.name}
            variant="default"
            className={action.danger && classes.dangerButton}
            leftSection={<Icon name={action.icon} />}
            onClick={() => {
              startAction(action, user);
            }}
          >
            {texts.action[action.name]}
          </Button>
        ))}
      <Actions user={user} actions={actions.filter(({ rare }) => rare)} variant="default" />
    </Group>
  );
}
