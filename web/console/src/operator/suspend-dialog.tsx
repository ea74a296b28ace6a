import { Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { fill } from "#shared/texts.ts";
import { messageFor } from "../api/error-messages.ts";
import { resumeAccount, suspendAccount, useOperatorMutation } from "../api/operator.ts";
import type { Account } from "../api/types.ts";
import { ConfirmButtons } from "../page/confirm-buttons.tsx";
import { Dialog } from "../page/dialog.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { texts } from "../texts/index.ts";

/** Suspends an account, or resumes it, once the consequences have been read. */
export function SuspendDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = texts.operator;
  const { account_id, name } = account;
  const [isSuspended] = useState(account.status === "suspended");
  const [keyOf] = useState(idempotencyKeys);
  const change = useOperatorMutation(
    () => (isSuspended ? resumeAccount : suspendAccount)(account_id, keyOf(isSuspended)),
    {
      onSuccess: () => {
        notifications.show({ message: fill(isSuspended ? t.resumedToast : t.suspendedToast, { account: name }) });
        onClose();
      },
    },
  );
  return (
    <Dialog title={fill(isSuspended ? t.resumeTitle : t.suspendTitle, { account: name })} onClose={onClose} centered>
      <Stack pb="md">
        <RefusalAlert text={change.isError ? messageFor(change.error) : ""} />
        <Text size="sm">{isSuspended ? t.resumeText : t.suspendText}</Text>
      </Stack>
      <ConfirmButtons
        verb={isSuspended ? t.resume : t.suspend}
        danger={!isSuspended}
        isPending={change.isPending}
        onConfirm={() => {
          change.mutate(undefined);
        }}
        onClose={onClose}
      />
    </Dialog>
  );
}
