import { Alert, Button, List, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { fill } from "#shared/texts.ts";
import { eraseIdentity } from "../api/operator.ts";
import { readAddress } from "../page/email-address.ts";
import { EmailInput } from "../page/email-input.tsx";
import { Dialog, DialogButtons } from "../page/dialog.tsx";
import { texts } from "../texts/index.ts";
import { unicodeEmail } from "../users/unicode-email.ts";

interface EraseDialogProps {
  email: string;
  onErased: () => void;
  onRefused: (error: unknown) => void;
  onClose: () => void;
}

const spoken = (typed: string) => unicodeEmail(readAddress(typed)).toLowerCase();

/** Erases a person once the consequences have been read and the address has been typed again. */
export function EraseDialog({ email, onErased, onRefused, onClose }: EraseDialogProps) {
  const t = texts.operator;
  const [keyOf] = useState(idempotencyKeys);
  const erasing = useMutation({
    mutationFn: () => eraseIdentity(email, keyOf(email)),
    onSuccess: onErased,
    onError: onRefused,
  });
  const form = useForm({
    initialValues: { typed: "" },
    validate: {
      typed: (typed) => (spoken(typed) === spoken(email) ? null : t.eraseMismatch),
    },
  });
  return (
    <Dialog title={t.eraseTitle} onClose={onClose} centered>
      <form
        noValidate
        onSubmit={form.onSubmit(() => {
          erasing.mutate();
        })}
      >
        <Stack pb="md">
          <List size="sm" spacing="xs">
            {t.eraseEffects.map((effect) => (
              <List.Item key={effect}>{effect}</List.Item>
            ))}
          </List>
          <Alert color="red">{t.eraseForGood}</Alert>
          <EmailInput
            label={fill(t.eraseType, { email: unicodeEmail(email) })}
            autoComplete="off"
            data-autofocus
            {...form.getInputProps("typed")}
          />
        </Stack>
        <DialogButtons isBusy={erasing.isPending}>
          <Button variant="default" disabled={erasing.isPending} onClick={onClose}>
            {texts.common.cancel}
          </Button>
          <Button type="submit" color="red.8" loading={erasing.isPending}>
            {t.erase}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
