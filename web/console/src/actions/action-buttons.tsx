import { Button, Group } from "@mantine/core";
import type { User } from "../api/types.ts";
import { Icon } from "../page/icons.tsx";
import { useAct } from "./acting.tsx";
import { actionsOn, mayResend } from "./actions.ts";
import classes from "./actions.module.css";
import { ResendButton } from "./resend-button.tsx";

/** All that may be done with a user, side by side. */
export function ActionButtons({ user }: { user: User }) {
  const act = useAct();
  return (
    <Group gap="xs" className={classes.buttons}>
      {mayResend(user) && <ResendButton user={user} size="sm" variant="filled" leftSection={<Icon name="send" />} />}
      {actionsOn(user).map((action) => (
        <Button
          key={action.name}
          variant="default"
          className={action.danger && classes.dangerButton}
          leftSection={<Icon name={action.icon} />}
          onClick={() => {
            act(action, user);
          }}
        >
          {action.label}
        </Button>
      ))}
    </Group>
  );
}
