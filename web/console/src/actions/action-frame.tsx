import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Dialog } from "../page/dialog.tsx";
import type { User } from "../api/types.ts";

interface ActionFrameProps {
  title: string;
  user: User;
  /** On the button that does it. */
  verb: string;
  danger?: boolean;
  /** Why it was not done. */
  refusal: string;
  isPending: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A question before something is done: what it means, and why it was refused. */
export function ActionFrame(props: ActionFrameProps) {
  const { title, user, verb, danger = false, refusal, isPending, onConfirm, onClose, children } = props;
  return (
    <Dialog onClose={onClose} title={title} centered>
      <Stack>
        {refusal && (
          <Alert color="red" role="alert">
            {refusal}
          </Alert>
        )}
        {children}
        <Text size="sm" c="dimmed">
          {user.email}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button {...(danger && { color: "red.8" })} loading={isPending} onClick={onConfirm}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
