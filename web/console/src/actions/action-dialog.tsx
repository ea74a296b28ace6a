import { Button, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { User } from "../api/types.ts";
import { Dialog, DialogButtons } from "../page/dialog.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { texts } from "../texts/index.ts";
import { unicodeEmail } from "../users/unicode-email.ts";

interface ActionDialogFrameProps {
  title: string;
  user: User;
  /** Label of the confirm button. */
  verb: string;
  danger?: boolean;
  /** Why the action was refused; "" if it was not. */
  refusal: string;
  isPending: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** Confirmation dialog of an action: its consequences, the refusal, *Cancel* (focused) and the confirm button. */
export function ActionDialog(props: ActionDialogFrameProps) {
  const { title, user, verb, danger = false, refusal, isPending, onConfirm, onClose, children } = props;
  return (
    <Dialog onClose={onClose} title={title} centered>
      <Stack pb="md">
        <RefusalAlert text={refusal} scrollIntoView />
        {children}
        <Text size="sm" c="dimmed">
          {unicodeEmail(user.email)}
        </Text>
      </Stack>
      <DialogButtons>
        <Button variant="default" onClick={onClose} data-autofocus>
          {texts.common.cancel}
        </Button>
        <Button {...(danger && { color: "red.8" })} loading={isPending} onClick={onConfirm}>
          {verb}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
