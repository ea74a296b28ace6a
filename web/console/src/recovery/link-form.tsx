import { Alert, Button, Stack, Text } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import { post } from "#shared/http.ts";
import { Problem } from "#shared/problem.ts";
import { isEmailAddress, readAddress } from "../page/email-address.ts";
import { EmailInput } from "../page/email-input.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { texts } from "../texts/index.ts";
import { useRequest } from "./use-request.ts";

const isAboutAddress = (error: unknown): boolean =>
  error instanceof Problem && error.errors.some(({ field }) => field === "email");

/** Asks for a password reset link. `address` is filled in. */
export function LinkForm({ address }: { address: string }) {
  const t = texts.recovery;
  const [email, setEmail] = useState(address);
  const [isWrong, setWrong] = useState(false);
  const [isSent, setSent] = useState(false);
  const { refusal, isSending, send } = useRequest();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const given = readAddress(email);
    setWrong(!isEmailAddress(given));
    if (!isEmailAddress(given)) return;
    void send(async () => {
      try {
        await post("/v1/recovery/start", { email: given });
        setSent(true);
      } catch (error) {
        if (!isAboutAddress(error)) throw error;
        setWrong(true);
      }
    });
  };
  if (isSent)
    return (
      <Stack mt="lg" align="flex-start">
        <Alert role="status">{t.sent}</Alert>
        <Button
          variant="default"
          onClick={() => {
            setSent(false);
          }}
        >
          {t.otherAddress}
        </Button>
      </Stack>
    );
  return (
    <form noValidate onSubmit={submit}>
      <Stack mt="lg">
        <Text c="dimmed">{t.lead}</Text>
        <RefusalAlert text={refusal} />
        <EmailInput
          label={texts.signIn.email}
          autoComplete="username"
          value={email}
          error={isWrong && texts.error.email}
          onChange={(event) => {
            setEmail(event.currentTarget.value);
            setWrong(false);
          }}
        />
        <Button type="submit" size="md" loading={isSending} disabled={!email.trim()}>
          {t.start}
        </Button>
      </Stack>
    </form>
  );
}
