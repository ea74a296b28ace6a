import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import "@mantine/core/styles/PasswordInput.layer.css";
import { type SyntheticEvent, useState } from "react";
import { post } from "#shared/http.ts";
import { type PasswordPolicy, isAcceptable } from "#shared/password.ts";
import type { components } from "#shared/schema.d.ts";
import { useHelpUrl } from "../links/config-links.ts";
import { PasswordRules } from "../page/password-rules.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { texts } from "../texts/index.ts";
import { isOfDeadLink, useSending } from "./use-sending.ts";

export type Recovery = components["schemas"]["RecoveryView"];

interface PasswordFormProps {
  token: string;
  /** What the link asks for. */
  recovery: Recovery;
  onDone: () => void;
  /** Takes the refusal of a link that has died meanwhile. */
  onDead: (error: unknown) => void;
}

/** Takes the security answer, or a new question with its answer, and the new password. */
export function PasswordForm({ token, recovery, onDone, onDead }: PasswordFormProps) {
  const t = texts.recovery;
  const [question, setQuestion] = useState("");
  const [answer, setAnswer] = useState("");
  const [password, setPassword] = useState("");
  const { refusal, isSending, send } = useSending();
  const asksNew = recovery.new_question === "ask";
  const asksAnswer = asksNew || recovery.security_question !== null;
  const policy = recovery.password_policy as PasswordPolicy;
  const isComplete =
    isAcceptable(password, policy) && (!asksAnswer || !!answer.trim()) && (!asksNew || !!question.trim());
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void send(async () => {
      try {
        await post("/v1/recovery/finish", {
          token,
          password,
          ...(asksNew && { security_question: question }),
          ...(asksAnswer && { security_answer: answer }),
        });
        onDone();
      } catch (error) {
        if (!isOfDeadLink(error)) throw error;
        onDead(error);
      }
    });
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack mt="lg">
        <RefusalAlert text={refusal} />
        <TextInput label={texts.signIn.email} autoComplete="username" readOnly value={recovery.email} />
        {asksNew && (
          <TextInput
            label={t.newQuestion}
            value={question}
            maxLength={200}
            onChange={(event) => {
              setQuestion(event.currentTarget.value);
            }}
          />
        )}
        {asksAnswer && (
          <TextInput
            label={recovery.security_question ?? t.answer}
            autoComplete="off"
            value={answer}
            maxLength={200}
            onChange={(event) => {
              setAnswer(event.currentTarget.value);
            }}
          />
        )}
        {asksAnswer && !asksNew && <ForgottenAnswer />}
        <PasswordInput
          label={t.newPassword}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": texts.signIn.show, tabIndex: 0 }}
          value={password}
          onChange={(event) => {
            setPassword(event.currentTarget.value);
          }}
        />
        <PasswordRules password={password} policy={policy} />
        <Button type="submit" size="md" loading={isSending} disabled={!isComplete}>
          {t.finish}
        </Button>
      </Stack>
    </form>
  );
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
