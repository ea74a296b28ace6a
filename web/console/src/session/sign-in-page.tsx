import { Alert, Anchor, Button, Paper, PasswordInput, Stack, Text, Title } from "@mantine/core";
import "@mantine/core/styles/PasswordInput.layer.css";
import { useForm } from "@mantine/form";
import { useDocumentTitle } from "@mantine/hooks";
import { useState } from "react";
import { PRODUCT } from "#shared/brand.ts";
import { SignInError } from "#shared/cognito.ts";
import { isStorageBlocked } from "#shared/session.ts";
import { messageFor } from "../api/error-messages.ts";
import { useHelpUrl } from "../links/config-links.ts";
import { Brand } from "../page/brand.tsx";
import { readAddress } from "../page/email-address.ts";
import { EmailInput } from "../page/email-input.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { texts } from "../texts/index.ts";
import classes from "./sign-in-page.module.css";
import { signIn, useSession } from "./store.ts";

const required = (value: string) => (value.trim() ? null : texts.error.required);

export default function SignInPage() {
  const t = texts.signIn;
  const { ending } = useSession();
  const helpUrl = useHelpUrl();
  const [refusal, setRefusal] = useState("");
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email: "", password: "" },
    validate: { email: required, password: required },
  });

  useDocumentTitle(`${t.title} · ${PRODUCT}`);

  const submit = async ({ email, password }: { email: string; password: string }) => {
    setRefusal("");
    try {
      // The API and the user pool compare passwords in this form.
      await signIn(readAddress(email), password.normalize("NFC"));
    } catch (error) {
      setRefusal(error instanceof SignInError ? t[error.reason] : messageFor(error));
    }
  };

  return (
    <main className={classes.page}>
      <Paper className={classes.card} radius="xl" p={{ base: "lg", sm: 40 }}>
        <Brand />
        <Title order={1} size="h2" mt="xl">
          {t.title}
        </Title>
        <Text c="dimmed" mt={4}>
          {t.lead}
        </Text>
        <form noValidate onSubmit={form.onSubmit(submit)}>
          <Stack mt="lg">
            {ending === "expired" && !refusal && <Alert role="status">{t.expired}</Alert>}
            {ending === "signed-out" && !refusal && <Alert role="status">{t.signedOut}</Alert>}
            <RefusalAlert text={refusal} />
            <EmailInput
              label={t.email}
              autoComplete="username"
              key={form.key("email")}
              {...form.getInputProps("email")}
            />
            <PasswordInput
              label={t.password}
              autoComplete="current-password"
              visibilityToggleButtonProps={{ "aria-label": t.show, tabIndex: 0 }}
              key={form.key("password")}
              {...form.getInputProps("password")}
            />
            <Button type="submit" size="md" loading={form.submitting}>
              {t.submit}
            </Button>
            <Anchor
              href="/console/recovery"
              size="sm"
              onClick={(event) => {
                const email = readAddress(form.getValues().email);
                event.currentTarget.hash = email && new URLSearchParams({ email }).toString();
              }}
            >
              {t.forgot}
            </Anchor>
            <Anchor href={helpUrl} target="_blank" rel="noopener" size="sm">
              {texts.menu.help}
            </Anchor>
            {isStorageBlocked() && (
              <Text size="sm" c="dimmed">
                {t.noStorage}
              </Text>
            )}
          </Stack>
        </form>
      </Paper>
    </main>
  );
}
