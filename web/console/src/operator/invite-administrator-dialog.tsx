import { Button, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { Problem } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import { type NewAdministrator, useAdministratorInvitation } from "../api/operator.ts";
import type { Account } from "../api/types.ts";
import { Dialog, DialogForm } from "../page/dialog.tsx";
import { readAddress } from "../page/email-address.ts";
import { EmailInput } from "../page/email-input.tsx";
import type { FieldOfPath } from "../page/form-errors.ts";
import { NameInputs } from "../page/name-inputs.tsx";
import { emailError, nameErrors } from "../page/person-errors.ts";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { useApiForm } from "../page/use-api-form.ts";
import { texts } from "../texts/index.ts";
import { unicodeEmail } from "../users/unicode-email.ts";
import { SetSeatsDialog } from "./set-seats-dialog.tsx";

const INITIAL = { first_name: "", last_name: "", email: "" };
type Values = typeof INITIAL;

const FIELD_OF_PATH: FieldOfPath<Values> = { first_name: "first_name", last_name: "last_name", email: "email" };
const FIELD_OF_CODE = { already_member: "email", user_inactive: "email", user_blocked: "email" } as const;

function toBody({ first_name, last_name, email }: Values): NewAdministrator {
  const last = last_name.trim();
  return { first_name: first_name.trim(), ...(last ? { last_name: last } : {}), email: readAddress(email) };
}

interface InviteAdministratorDialogProps {
  account: Account;
  onClose: () => void;
}

/** Invites an administrator into an account, or sends the link again, as operator. */
export function InviteAdministratorDialog({ account, onClose }: InviteAdministratorDialogProps) {
  const t = texts.operator;
  const asksLastName = account.settings.invite_profile === "full";
  const [keyOf] = useState(idempotencyKeys);
  const form = useForm<Values>({
    initialValues: INITIAL,
    validate: (values) => ({ ...nameErrors(values, asksLastName), email: emailError(values.email) }),
  });
  const [opener] = useState(() => document.activeElement);
  const [isSettingSeats, setSettingSeats] = useState(false);
  const { refusal, problem, clear, showError, onSubmit } = useApiForm(form, {
    fieldOfPath: FIELD_OF_PATH,
    fieldOfCode: FIELD_OF_CODE,
    limited: "mails",
  });
  const invitation = useAdministratorInvitation(account.account_id, keyOf, {
    onSuccess: ({ email }) => {
      notifications.show({ message: fill(t.invitedToast, { email: unicodeEmail(email) }) });
      onClose();
    },
    onError: (error) => {
      showError(error);
      if (error instanceof Problem && error.code === "user_inactive") form.setFieldError("email", t.userInactive);
    },
  });
  if (isSettingSeats) {
    return (
      <SetSeatsDialog
        account={account}
        opener={opener}
        onClose={() => {
          clear();
          setSettingSeats(false);
        }}
      />
    );
  }
  return (
    <Dialog
      title={fill(t.inviteAdminTitle, { account: account.name })}
      onClose={onClose}
      opener={opener}
      isDirty={form.isDirty()}
    >
      <DialogForm
        onSubmit={onSubmit((values) => {
          invitation.mutate(toBody(values));
        })}
        verb={texts.invite.send}
        isPending={invitation.isPending}
      >
        <Text size="sm">{t.inviteAdminText}</Text>
        <NameInputs
          firstName={form.getInputProps("first_name")}
          lastName={{
            ...(asksLastName ? {} : { label: texts.field.lastNameOptional }),
            ...form.getInputProps("last_name"),
          }}
        />
        <EmailInput label={texts.field.email} autoComplete="off" {...form.getInputProps("email")} />
        <RefusalAlert text={problem?.code === "no_seat_available" ? t.noSeat : refusal} scrollIntoView>
          {problem?.code === "no_seat_available" && (
            <Button
              variant="default"
              size="compact-sm"
              mt="sm"
              display="block"
              onClick={() => {
                setSettingSeats(true);
              }}
            >
              {t.setSeats}
            </Button>
          )}
        </RefusalAlert>
      </DialogForm>
    </Dialog>
  );
}
