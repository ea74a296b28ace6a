import { Button, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { User } from "../api/types.ts";
import { Dialog, DialogButtons, focus } from "../page/dialog.tsx";
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
  /** What the person can do about the refusal. */
  cure?: ReactNode;
  isPending: boolean;
  /** What is asked before it is confirmed for good; null to ask once only. */
  sure?: ReactNode;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

/**
 * Confirmation dialog of an action: its consequences, the refusal, *Cancel* (focused) and the confirm button. With `sure`
 * that button leads to a second question, and a refusal leads back.
 */
export function ActionDialog(props: ActionDialogFrameProps) {
  const {
    title,
    user,
    verb,
    danger = false,
    refusal,
    cure,
    isPending,
    sure = null,
    onConfirm,
    onClose,
    children,
  } = props;
  const [isAsking, setAsking] = useState(false);
  const asks = isAsking && sure !== null;
  const [seenRefusal, setSeenRefusal] = useState(refusal);
  if (seenRefusal !== refusal) {
    setSeenRefusal(refusal);
    if (refusal) setAsking(false);
  }
  return (
    <Dialog onClose={onClose} title={title} centered>
      <Stack pb="md">
        {asks ? (
          sure
        ) : (
          <>
            <RefusalAlert text={refusal} scrollIntoView>
              {cure}
            </RefusalAlert>
            {children}
          </>
        )}
        <Text size="sm" c="dimmed">
          {unicodeEmail(user.email)}
        </Text>
      </Stack>
      <DialogButtons isBusy={isPending}>
        <Button
          key={String(asks)}
          variant="default"
          disabled={isPending}
          data-autofocus
          // The second question begins on *Back*, so that pressing Enter twice does not confirm it.
          ref={asks ? focus : null}
          onClick={() => {
            if (asks) setAsking(false);
            else onClose();
          }}
        >
          {asks ? texts.common.back : texts.common.cancel}
        </Button>
        <Button
          {...(danger && { color: "red.8" })}
          loading={isPending}
          onClick={() => {
            if (sure === null || asks) onConfirm();
            else setAsking(true);
          }}
        >
          {verb}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
