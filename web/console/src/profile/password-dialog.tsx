import { PasswordInput } from "@mantine/core";
import "@mantine/core/styles/PasswordInput.layer.css";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fetchConfig } from "#shared/cognito.ts";
import { idempotencyKeys } from "#shared/http.ts";
import { isAcceptable } from "#shared/password.ts";
import { Problem } from "#shared/problem.ts";
import { isOfNetwork, isRefusal, messageFor } from "../api/error-messages.ts";
import { changePassword } from "../api/mutations.ts";
import { queryKeys } from "../api/query-keys.ts";
import { Dialog, DialogForm } from "../page/dialog.tsx";
import { focusFirstError } from "../page/form-errors.ts";
import { PasswordRules } from "../page/password-rules.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { renewSession } from "../session/store.ts";
import { texts } from "../texts/index.ts";

interface PasswordDialogProps {
  email: string;
  onChanged: () => void;
  onClose: () => void;
}

const EMPTY = { current_password: "", password: "" };

/** Changes the password with the current one; this session goes on with new tokens, all others end. */
export function PasswordDialog({ email, onChanged, onClose }: PasswordDialogProps) {
  const t = texts.security;
  const [keyOf] = useState(idempotencyKeys);
  const policy = useQuery({ queryKey: queryKeys.config(), queryFn: fetchConfig }).data?.password_policy;
  const form = useForm({
    initialValues: EMPTY,
    validate: (values) => ({
      ...(!values.current_password && { current_password: texts.error.required }),
      // Without the rules, the API validates.
      ...((!values.password || (policy && !isAcceptable(values.password, policy))) && { password: t.rules }),
      ...(values.password && values.password === values.current_password && { password: t.samePassword }),
    }),
  });
  const change = useMutation({
    mutationFn: (values: typeof EMPTY) => changePassword(values, keyOf(values)),
    onSuccess: ({ session }) => {
      if (session) renewSession(session);
      onChanged();
    },
    onError: (error) => {
      const errors = fieldErrors(error);
      form.setErrors(errors);
      focusFirstError(form, errors);
    },
  });
  const isAtField = Object.keys(fieldErrors(change.error)).length > 0;
  const showButton = { "aria-label": texts.signIn.show, tabIndex: 0 };
  return (
    <Dialog title={t.changeTitle} onClose={onClose} isDirty={form.isDirty()} centered>
      <DialogForm
        onSubmit={form.onSubmit(
          (values) => {
            change.mutate(values);
          },
          (errors) => {
            focusFirstError(form, errors);
          },
        )}
        verb={t.changeVerb}
        isPending={change.isPending}
      >
        <RefusalAlert text={change.isError && !isAtField ? refusalText(change.error) : ""} scrollIntoView />
        {/* For password managers. */}
        <input type="email" autoComplete="username" readOnly hidden value={email} />
        <PasswordInput
          label={t.current}
          autoComplete="current-password"
          visibilityToggleButtonProps={showButton}
          data-autofocus
          {...form.getInputProps("current_password")}
        />
        <PasswordInput
          label={texts.recovery.newPassword}
          autoComplete="new-password"
          visibilityToggleButtonProps={showButton}
          {...form.getInputProps("password")}
        />
        {policy && <PasswordRules password={form.getValues().password} policy={policy} />}
      </DialogForm>
    </Dialog>
  );
}

/** Returns our own texts for what the API has refused, by field. */
function fieldErrors(error: unknown): Record<string, string> {
  const { wrongCurrent } = texts.security;
  const fields = error instanceof Problem ? error.errors.map(({ field }) => field) : [];
  return {
    ...(fields.includes("current_password") && { current_password: wrongCurrent }),
    ...(fields.includes("password") && { password: texts.recovery.otherPassword }),
  };
}

function refusalText(error: unknown): string {
  return isRefusal(error, "rate_limited") && !isOfNetwork(error) ? texts.security.tooOften : messageFor(error);
}
