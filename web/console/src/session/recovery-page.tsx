import { Alert, Anchor, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import "@mantine/core/styles/PasswordInput.layer.css";
import { useDocumentTitle, useWindowEvent } from "@mantine/hooks";
import { type SyntheticEvent, useCallback, useEffect, useState } from "react";
import { PRODUCT } from "#shared/brand.ts";
import { post } from "#shared/http.ts";
import { type PasswordPolicy, isAcceptable } from "#shared/password.ts";
import { Problem } from "#shared/problem.ts";
import type { components } from "#shared/schema.d.ts";
import { messageFor } from "../api/error-messages.ts";
import { useHelpUrl } from "../links/config-links.ts";
import { Brand } from "../page/brand.tsx";
import { isEmailAddress, readAddress } from "../page/email-address.ts";
import { EmailInput } from "../page/email-input.tsx";
import { PasswordRules } from "../page/password-rules.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { texts } from "../texts/index.ts";
import classes from "./sign-in-page.module.css";

type Recovery = components["schemas"]["RecoveryView"];

const TOKEN = /v[1-9]\d{0,2}\.[a-z2-7]{26}\.[1-9]\d{0,8}\.recovery\.[\w-]{43}/;

/** Returns the token of a mailed link, also where a mail program has encoded its `#`; "" without one. */
export function recoveryToken({ hash, pathname }: Pick<Location, "hash" | "pathname">): string {
  return TOKEN.exec(hash)?.[0] ?? TOKEN.exec(pathname)?.[0] ?? "";
}

const INVITATION = /^[\w.-]+$/;

/** What the page that led here knows: the address, and the invitation's token to return to; "" where it says nothing. */
function startOf({ hash }: Pick<Location, "hash">): { email: string; invitation: string } {
  const given = new URLSearchParams(hash.slice(1));
  const invitation = given.get("invitation") ?? "";
  return { email: given.get("email") ?? "", invitation: INVITATION.test(invitation) ? invitation : "" };
}

/** Asks for a link to a new password; from that link, takes the security answer and the new password (rule 18). */
export default function RecoveryPage() {
  const [token, setToken] = useState(() => recoveryToken(location));
  const [start] = useState(() => startOf(location));
  const t = texts.recovery;
  useDocumentTitle(`${t.title} · ${PRODUCT}`);
  // A link that is opened while the page is shown changes the hash alone.
  useWindowEvent("hashchange", () => {
    setToken(recoveryToken(location));
  });
  return (
    <main className={classes.page}>
      <Paper className={classes.card} radius="xl" p={{ base: "lg", sm: 40 }}>
        <Brand />
        <Title order={1} size="h2" mt="xl">
          {t.title}
        </Title>
        {token ? (
          <Finish
            key={token}
            token={token}
            onDead={() => {
              setToken("");
            }}
          />
        ) : (
          <Start address={start.email} />
        )}
        <Anchor href={start.invitation ? `/invite#${start.invitation}` : "/console/"} mt="lg" display="inline-block">
          {start.invitation ? t.toInvitation : t.toSignIn}
        </Anchor>
      </Paper>
    </main>
  );
}

function useSending() {
  const [refusal, setRefusal] = useState("");
  const [isDead, setDead] = useState(false);
  const [isSending, setSending] = useState(false);
  const send = async (request: () => Promise<void>) => {
    setRefusal("");
    setSending(true);
    try {
      await request();
    } catch (error) {
      setRefusal(refusalText(error));
      setDead(isOfDeadLink(error));
    } finally {
      setSending(false);
    }
  };
  return { refusal, isDead, isSending, send };
}

function isOfDeadLink(error: unknown): boolean {
  return error instanceof Problem && (error.status === 410 || error.status === 404);
}

const isAboutAddress = (error: unknown): boolean =>
  error instanceof Problem && error.errors.some(({ field }) => field === "email");

function refusalText(error: unknown): string {
  if (error instanceof Problem && error.code === "wrong_answer") return texts.recovery.wrongAnswer;
  if (error instanceof Problem && error.errors.some(({ field }) => field === "password"))
    return texts.recovery.otherPassword;
  if (isOfDeadLink(error)) return texts.recovery.dead;
  return messageFor(error);
}

function Start({ address }: { address: string }) {
  const t = texts.recovery;
  const [email, setEmail] = useState(address);
  const [isWrong, setWrong] = useState(false);
  const [isSent, setSent] = useState(false);
  const { refusal, isSending, send } = useSending();
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

function Finish({ token, onDead }: { token: string; onDead: () => void }) {
  const t = texts.recovery;
  const [recovery, setRecovery] = useState<Recovery>();
  const [failure, setFailure] = useState<unknown>();
  const [question, setQuestion] = useState("");
  const [answer, setAnswer] = useState("");
  const [password, setPassword] = useState("");
  const [isDone, setDone] = useState(false);
  const { refusal, isDead, isSending, send } = useSending();
  const helpUrl = useHelpUrl("security-answer");

  const load = useCallback(() => {
    post<Recovery>("/v1/recovery/preview", { token }).then(setRecovery, setFailure);
  }, [token]);
  useEffect(load, [load]);

  if (isDone)
    return (
      <Alert role="status" mt="lg">
        {t.done}
      </Alert>
    );
  if (!recovery || isDead)
    return (
      <Stack mt="lg">
        <RefusalAlert text={failure ? refusalText(failure) : refusal} />
        {isDead || isOfDeadLink(failure) ? (
          <Button onClick={onDead}>{t.again}</Button>
        ) : (
          failure !== undefined && (
            <Button
              variant="light"
              onClick={() => {
                setFailure(undefined);
                load();
              }}
            >
              {texts.common.tryAgain}
            </Button>
          )
        )}
      </Stack>
    );

  const asksNew = recovery.new_question === "ask";
  const asksAnswer = asksNew || recovery.security_question !== null;
  const policy = recovery.password_policy as PasswordPolicy;
  const isComplete =
    isAcceptable(password, policy) && (!asksAnswer || !!answer.trim()) && (!asksNew || !!question.trim());
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void send(async () => {
      await post("/v1/recovery/finish", {
        token,
        password,
        ...(asksNew && { security_question: question }),
        ...(asksAnswer && { security_answer: answer }),
      });
      setDone(true);
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
        {asksAnswer && !asksNew && (
          <Text size="sm" c="dimmed">
            {t.forgotAnswer}{" "}
            <Anchor href={helpUrl} target="_blank" rel="noopener" inherit underline="always">
              {t.getHelp}
            </Anchor>
          </Text>
        )}
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
