import { Radio, Stack, Text, Textarea, TextInput } from "@mantine/core";
import "@mantine/core/styles/Radio.layer.css";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { useAccountContext } from "../account/account-context.ts";
import { type SeatRequest, useRequestSeats } from "../api/seats.ts";
import { Dialog, DialogForm } from "../page/dialog.tsx";
import { focusFirstError } from "../page/form-errors.ts";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { useApiForm } from "../page/use-api-form.ts";
import { plural, texts } from "../texts/index.ts";
import { FIELD_OF_PATH, REASON_LENGTH, refusedFields, toBody, useRequestForm } from "./request-form.ts";

interface RequestDialogProps {
  kind: SeatRequest["kind"];
  onClose: () => void;
  /** Where the focus returns to, where this dialog replaces another. */
  opener?: Element | null;
}

/** Asks for more seats, or gives seats back. */
export function RequestDialog({ kind, onClose, opener = null }: RequestDialogProps) {
  const t = texts.seats;
  const { account, accountId } = useAccountContext();
  const available = account.seats.available ?? 0;
  const [keyOf] = useState(idempotencyKeys);
  const form = useRequestForm(kind, available);
  const { refusal, showError, onSubmit } = useApiForm(form, { fieldOfPath: FIELD_OF_PATH });
  const isReturn = kind === "return";
  const request = useRequestSeats(accountId, {
    onSuccess: (made) => {
      notifications.show({ message: doneText(made) });
      onClose();
    },
    onError: (error) => {
      const refused = refusedFields(error, form.getValues().kind);
      if (!refused) showError(error);
      else {
        form.setErrors(refused);
        focusFirstError(form, refused);
      }
    },
  });
  return (
    <Dialog title={isReturn ? t.giveBack : t.ask} onClose={onClose} opener={opener} isDirty={form.isDirty()}>
      <DialogForm
        onSubmit={onSubmit((values) => {
          const body = toBody(values);
          request.mutate({ body, key: keyOf(body) });
        })}
        verb={isReturn ? t.giveBackNow : t.send}
        isPending={request.isPending}
      >
        <RefusalAlert text={refusal} scrollIntoView />
        {isReturn ? (
          <Text size="sm">{plural(t.giveBackText, available)}</Text>
        ) : (
          <Radio.Group label={t.kind} {...form.getInputProps("kind")}>
            <Stack gap="xs" mt="xs">
              <Radio value="purchase" label={t.purchase} description={t.purchaseHint} />
              <Radio value="complimentary" label={t.complimentary} description={t.complimentaryHint} />
            </Stack>
          </Radio.Group>
        )}
        <TextInput
          label={t.quantity}
          inputMode="numeric"
          autoComplete="off"
          styles={{ input: { maxWidth: "12rem" } }}
          data-autofocus
          {...form.getInputProps("quantity")}
        />
        <Textarea
          label={t.reason}
          description={isReturn ? undefined : t.reasonHint}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={REASON_LENGTH}
          {...form.getInputProps("reason")}
        />
      </DialogForm>
    </Dialog>
  );
}

function doneText({ kind, quantity, status }: SeatRequest): string {
  const { seats: t } = texts;
  if (kind === "return") return plural(t.returnedToast, quantity);
  return status === "pending" ? t.askedToast : plural(t.boughtToast, quantity);
}
