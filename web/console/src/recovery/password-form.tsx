import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import "@mantine/core/styles/PasswordInput.layer.css";
import { useForm } from "@mantine/form";
import { post } from "#shared/http.ts";
import { type PasswordPolicy, isAcceptable } from "#shared/password.ts";
import { Problem } from "#shared/problem.ts";
import type { components } from "#shared/schema.d.ts";
import { isRefusal } from "../api/error-messages.ts";
import { useHelpUrl } from "../links/config-links.ts";
import { focusFirstError } from "../page/form-errors.ts";
import { PasswordRules } from "../page/password-rules.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { texts } from "../texts/index.ts";
import { isOfDeadLink, useRequest } from "./use-request.ts";

export type Recovery = components["schemas"]["RecoveryView"];

const EMPTY = { question: "", answer: "", password: "" };

interface PasswordFormProps {
  token: string;
  /** What the link asks for. */
  recovery: Recovery;
  onDone: () => void;
  /** Gets the error if the link has expired or was used meanwhile. */
  onDead: (error: unknown) => void;
}

/** Takes the security answer, or a new question with its answer, and the new password. */
export function PasswordForm({ token, recovery, onDone, onDead }: PasswordFormProps) {
  const t = texts.recovery;
  const { refusal, isSending, send, clear } = useRequest();
  const asksNew = recovery.new_question === "ask";
  const asksAnswer = asksNew || recovery.security_question !== null;
  const policy = recovery.password_policy as PasswordPolicy;
  const form = useForm({
    initialValues: EMPTY,
    validate: ({ question, answer, password }) => ({
      ...(asksNew && !question.trim() && { question: texts.error.required }),
      ...(asksAnswer && !answer.trim() && { answer: texts.error.required }),
      ...(!isAcceptable(password, policy) && { password: texts.security.rules }),
    }),
  });
  const finish = async ({ question, answer, password }: typeof EMPTY) => {
    try {
      await post("/v1/recovery/finish", {
        token,
        password,
        ...(asksNew && { security_question: question }),
        ...(asksAnswer && { security_answer: answer }),
      });
      onDone();
    } catch (error) {
      const errors = fieldErrors(error);
      if (isOfDeadLink(error)) onDead(error);
      else if (!Object.keys(errors).length) throw error;
      form.setErrors(errors);
      focusFirstError(form, errors);
    }
  };
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => void send(() => finish(values)),
        (errors) => {
          clear();
          focusFirstError(form, errors);
        },
      )}
    >
      <Stack mt="lg">
        <RefusalAlert text={refusal} />
        <TextInput label={texts.signIn.email} autoComplete="username" readOnly value={recovery.email} />
        {asksNew && <TextInput label={t.newQuestion} maxLength={200} {...form.getInputProps("question")} />}
        {asksAnswer && (
          <TextInput
            label={recovery.security_question ?? t.answer}
            autoComplete="off"
            maxLength={200}
            {...form.getInputProps("answer")}
          />
        )}
        {asksAnswer && !asksNew && <ForgottenAnswer />}
        <PasswordInput
          label={t.newPassword}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": texts.signIn.show, tabIndex: 0 }}
          {...form.getInputProps("password")}
        />
        <PasswordRules password={form.getValues().password} policy={policy} />
        <Button type="submit" size="md" loading={isSending}>
          {t.finish}
        </Button>
      </Stack>
    </form>
  );
}

/** Returns our own texts for what the API has refused, by field. */
function fieldErrors(error: unknown): Record<string, string> {
  const { wrongAnswer, otherPassword } = texts.recovery;
  const fields = error instanceof Problem ? error.errors.map(({ field }) => field) : [];
  return {
    ...(fields.includes("security_question") && { question: texts.error.other }),
    ...(fields.includes("security_answer") && { answer: texts.error.other }),
    ...(isRefusal(error, "wrong_answer") && { answer: wrongAnswer }),
    ...(fields.includes("password") && { password: otherPassword }),
  };
}

/** Says who helps those who have forgotten the answer. */
function ForgottenAnswer() {
  const { forgotAnswer, getHelp } = texts.recovery;
  const helpUrl = useHelpUrl("security-answer");
  return (
    <Text size="sm" c="dimmed">
      {forgotAnswer}{" "}
      <Anchor href={helpUrl} target="_blank" rel="noopener" inherit underline="always">
        {getHelp}
      </Anchor>
    </Text>
  );
}
