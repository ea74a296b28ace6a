import { List, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { type IdentityStatus, blockIdentity } from "../api/operator.ts";
import { ConfirmButtons } from "../page/confirm-buttons.tsx";
import { Dialog } from "../page/dialog.tsx";
import { texts } from "../texts/index.ts";
import { unicodeEmail } from "../users/unicode-email.ts";

interface BlockIdDialogProps {
  email: string;
  onBlocked: (status: IdentityStatus) => void;
  onRefused: (error: unknown) => void;
  onClose: () => void;
}

/** Blocks an ID once the consequences have been read. */
export function BlockIdDialog({ email, onBlocked, onRefused, onClose }: BlockIdDialogProps) {
  const t = texts.operator;
  const [keyOf] = useState(idempotencyKeys);
  const blocking = useMutation({
    mutationFn: () => blockIdentity(email, keyOf(email)),
    onSuccess: onBlocked,
    onError: onRefused,
  });
  return (
    <Dialog title={t.blockTitle} onClose={onClose} centered>
      <Stack pb="md">
        <List size="sm" spacing="xs">
          {t.blockEffects.map((effect) => (
            <List.Item key={effect}>{effect}</List.Item>
          ))}
        </List>
        <Text size="sm" c="dimmed">
          {unicodeEmail(email)}
        </Text>
      </Stack>
      <ConfirmButtons
        verb={t.block}
        isPending={blocking.isPending}
        onConfirm={() => {
          blocking.mutate();
        }}
        onClose={onClose}
      />
    </Dialog>
  );
}
