import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { Problem } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import { sendRecoveryLink } from "../api/operator.ts";
import { ConfirmButtons } from "../page/confirm-buttons.tsx";
import { Dialog } from "../page/dialog.tsx";
import { readAddress } from "../page/email-address.ts";
import { EmailInput } from "../page/email-input.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { Section } from "../page/section.tsx";
import { texts } from "../texts/index.ts";
import { unicodeEmail } from "../users/unicode-email.ts";
import { useEmailForm } from "./use-email-form.ts";

/** Emails someone who has forgotten the security answer a link that takes a new one (rule 18). */
export function RecoverySection() {
  const t = texts.operator.recovery;
  const [helped, setHelped] = useState<string>();
  const [sent, setSent] = useState<string>();
  const { form, refusal, showError, clear, onSubmit } = useEmailForm({ limited: "recoveries" });
  const refuse = (error: unknown) => {
    setHelped(undefined);
    setSent(undefined);
    const field = error instanceof Problem ? whyNot(error) : undefined;
    if (field) form.setFieldError("email", field);
    else showError(error);
  };
  return (
    <Section title={t.title}>
      <form
        noValidate
        onSubmit={onSubmit(({ email }) => {
          setHelped(readAddress(email));
        })}
      >
        <Stack maw="28rem">
          <Text size="sm">{t.text}</Text>
          {sent && (
            <Alert role="status" color="accent">
              {fill(t.sent, { email: unicodeEmail(sent) })}
            </Alert>
          )}
          <EmailInput label={t.address} autoComplete="off" {...form.getInputProps("email")} />
          <RefusalAlert text={refusal} scrollIntoView />
          <Group>
            <Button type="submit">{t.send}</Button>
          </Group>
        </Stack>
      </form>
      {helped && (
        <RecoveryDialog
          email={helped}
          onSent={() => {
            setSent(helped);
            setHelped(undefined);
            clear();
            form.reset();
          }}
          onRefused={refuse}
          onClose={() => {
            setHelped(undefined);
          }}
        />
      )}
    </Section>
  );
}

/** Says what is wrong with the address. */
function whyNot({ status, code }: Problem): string | undefined {
  if (status === 404) return texts.operator.noId;
  return code === "identity_blocked" ? texts.operator.recovery.blocked : undefined;
}

interface RecoveryDialogProps {
  email: string;
  onSent: () => void;
  onRefused: (error: unknown) => void;
  onClose: () => void;
}

/** Sends the link once the consequences have been read. */
function RecoveryDialog({ email, onSent, onRefused, onClose }: RecoveryDialogProps) {
  const t = texts.operator.recovery;
  const [keyOf] = useState(idempotencyKeys);
  const sending = useMutation({
    mutationFn: () => sendRecoveryLink(email, keyOf(email)),
    onSuccess: onSent,
    onError: onRefused,
  });
  return (
    <Dialog title={fill(t.confirm, { email: unicodeEmail(email) })} onClose={onClose} centered>
      <Stack pb="md">
        <List size="sm" spacing="xs">
          {t.effects.map((effect) => (
            <List.Item key={effect}>{effect}</List.Item>
          ))}
        </List>
      </Stack>
      <ConfirmButtons
        verb={t.send}
        danger={false}
        isPending={sending.isPending}
        onConfirm={() => {
          sending.mutate();
        }}
        onClose={onClose}
      />
    </Dialog>
  );
}
