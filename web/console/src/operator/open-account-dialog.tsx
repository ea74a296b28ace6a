import { Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { fill } from "#shared/texts.ts";
import { isRefusal } from "../api/error-messages.ts";
import { type NewAccount, openAccount, useOperatorMutation } from "../api/operator.ts";
import { Dialog, DialogForm } from "../page/dialog.tsx";
import { readAddress } from "../page/email-address.ts";
import { EmailInput } from "../page/email-input.tsx";
import type { FieldOfPath } from "../page/form-errors.ts";
import { NAME_LENGTH, emailError, nameErrors } from "../page/person-errors.ts";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { useApiForm } from "../page/use-api-form.ts";
import { texts } from "../texts/index.ts";
import { NARROW, NoLimitCheckbox, isSeatNumber } from "./seat-fields.tsx";

const INITIAL = {
  account_id: "",
  account_name: "",
  seats: "10",
  hasNoLimit: false,
  first_name: "",
  last_name: "",
  email: "",
};
type Values = typeof INITIAL;

const FIELD_OF_PATH: FieldOfPath<Values> = {
  account_id: "account_id",
  name: "account_name",
  seats: "seats",
  "admin.first_name": "first_name",
  "admin.last_name": "last_name",
  "admin.email": "email",
};

function errorsOf(values: Values) {
  const { error, operator: t } = texts;
  return {
    ...nameErrors(values, true),
    ...(!/^[a-z]{2}\d{3,8}$/.test(values.account_id.trim().toLowerCase()) && { account_id: t.appIdHint }),
    ...(!values.account_name.trim() && { account_name: error.required }),
    ...(!values.hasNoLimit && !isSeatNumber(values.seats, 1) && { seats: t.firstSeatsInvalid }),
    email: emailError(values.email),
  };
}

const toBody = (values: Values): NewAccount => ({
  account_id: values.account_id.trim().toLowerCase(),
  name: values.account_name.trim(),
  seats: values.hasNoLimit ? null : Number(values.seats),
  admin: {
    first_name: values.first_name.trim(),
    last_name: values.last_name.trim(),
    email: readAddress(values.email),
  },
});

/** Opens an account and invites its first administrator. */
export function OpenAccountDialog({ onClose }: { onClose: () => void }) {
  const t = texts.operator;
  const navigate = useNavigate();
  const [keyOf] = useState(idempotencyKeys);
  const form = useForm<Values>({ initialValues: INITIAL, validate: errorsOf });
  const { refusal, clear, showError, onSubmit } = useApiForm(form, { fieldOfPath: FIELD_OF_PATH });
  const opening = useOperatorMutation((body: NewAccount) => openAccount(body, keyOf(body)), {
    onSuccess: ({ account_id, name }) => {
      notifications.show({
        message: fill(t.openedToast, { account: name, email: toBody(form.getValues()).admin.email }),
      });
      onClose();
      void navigate({ to: "/operator/accounts/$appId", params: { appId: account_id }, ignoreBlocker: true });
    },
    onError: (error) => {
      showError(error);
      if (!isRefusal(error, "conflict")) return;
      clear();
      form.setFieldError("account_id", t.appIdTaken);
      form.getInputNode("account_id")?.focus();
    },
  });
  const input = (name: keyof Values) => ({ autoComplete: "off", ...form.getInputProps(name) });
  return (
    <Dialog title={t.new} onClose={onClose} isDirty={form.isDirty()}>
      <DialogForm
        onSubmit={onSubmit((values) => {
          opening.mutate(toBody(values));
        })}
        verb={t.openNow}
        isPending={opening.isPending}
      >
        <RefusalAlert text={refusal} scrollIntoView />
        <TextInput
          label={t.appId}
          description={t.appIdHint}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={10}
          data-autofocus
          {...input("account_id")}
        />
        <TextInput label={t.accountName} maxLength={NAME_LENGTH} {...input("account_name")} />
        <NoLimitCheckbox
          checked={form.values.hasNoLimit}
          onChange={(hasNoLimit) => {
            form.setFieldValue("hasNoLimit", hasNoLimit);
          }}
        />
        {!form.values.hasNoLimit && (
          <TextInput label={texts.seats.title} inputMode="numeric" styles={NARROW} {...input("seats")} />
        )}
        <Text size="sm">{t.firstAdmin}</Text>
        <TextInput label={texts.field.firstName} maxLength={NAME_LENGTH} {...input("first_name")} />
        <TextInput label={texts.field.lastName} maxLength={NAME_LENGTH} {...input("last_name")} />
        <EmailInput label={texts.field.email} {...input("email")} />
      </DialogForm>
    </Dialog>
  );
}
