import { List, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { fill } from "#shared/texts.ts";
import { messageFor } from "../api/error-messages.ts";
import { type Partner, withdrawCertification } from "../api/operator.ts";
import { ConfirmButtons } from "../page/confirm-buttons.tsx";
import { Dialog } from "../page/dialog.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { unicodeEmail } from "../users/unicode-email.ts";

interface WithdrawDialogProps {
  partner: Partner;
  onDone: (partner: null) => void;
  onClose: () => void;
}

/** Withdraws a certification once the consequences have been read. */
export function WithdrawDialog({ partner, onDone, onClose }: WithdrawDialogProps) {
  const t = texts.operator.partner;
  const name = fullName(partner);
  const withdrawal = useMutation({
    mutationFn: () => withdrawCertification(partner.email),
    onSuccess: () => {
      notifications.show({ message: fill(t.withdrawnToast, { name }) });
      onDone(null);
      onClose();
    },
  });
  return (
    <Dialog title={fill(t.withdrawTitle, { name })} onClose={onClose} centered>
      <Stack pb="md">
        <RefusalAlert text={withdrawal.isError ? messageFor(withdrawal.error) : ""} scrollIntoView />
        <List size="sm" spacing="xs">
          {t.withdrawEffects.map((effect) => (
            <List.Item key={effect}>{effect}</List.Item>
          ))}
        </List>
        <Text size="sm" c="dimmed">
          {unicodeEmail(partner.email)}
        </Text>
      </Stack>
      <ConfirmButtons
        verb={t.withdraw}
        isPending={withdrawal.isPending}
        onConfirm={() => {
          withdrawal.mutate();
        }}
        onClose={onClose}
      />
    </Dialog>
  );
}
