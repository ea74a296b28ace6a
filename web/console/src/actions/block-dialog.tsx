import { List, Radio, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { fill } from "#shared/texts.ts";
import { type BlockReason, block, useUserMutation } from "../api/mutations.ts";
import { messageFor } from "../api/error-messages.ts";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { ActionDialog } from "./action-dialog.tsx";
import type { ActionDialogProps } from "./types.ts";

const REASONS = ["security", "terms", "other"] as const satisfies BlockReason[];

/** Blocks a user for a reason, which is kept in the journal. */
export default function BlockDialog({ user, onClose }: ActionDialogProps) {
  const { block: t, consequence, action } = texts;
  const [keyOf] = useState(idempotencyKeys);
  const [reason, setReason] = useState<BlockReason>("security");
  const change = useUserMutation(user, {
    send: () => block(user, reason, keyOf(reason)),
    onSuccess: () => {
      notifications.show({ message: fill(t.done, { name: fullName(user) }) });
      onClose();
    },
  });
  const consequences = [consequence.losesAccess, t.keepsSeat, consequence.pendingCancelled, consequence.elsewhere];
  return (
    <ActionDialog
      title={fill(t.title, { name: fullName(user) })}
      user={user}
      verb={action.block}
      danger
      refusal={change.isError ? messageFor(change.error) : ""}
      isPending={change.isPending}
      onConfirm={() => {
        change.mutate();
      }}
      onClose={onClose}
    >
      <List size="sm" spacing="xs">
        {consequences.map((text) => (
          <List.Item key={text}>{fill(text, { name: user.first_name })}</List.Item>
        ))}
      </List>
      <Radio.Group
        label={t.reason}
        description={t.reasonHint}
        value={reason}
        onChange={(value) => {
          setReason(value);
        }}
      >
        <Stack gap="xs" mt="xs">
          {REASONS.map((value) => (
            <Radio key={value} value={value} label={t[value]} />
          ))}
        </Stack>
      </Radio.Group>
    </ActionDialog>
  );
}
