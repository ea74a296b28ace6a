import { Alert, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { SignInError } from "#shared/cognito.ts";
import { messageFor } from "../api/error-messages.ts";
import { Brand } from "../page/brand.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import classes from "./sign-in-page.module.css";
import { signIn, useSession } from "./store.ts";

const SIGN_IN_ERRORS = {
  wrong_password: "The email address and password do not match. Check both and try again.",
  too_many_attempts: "Too many attempts. Please wait a moment before you try again.",
  not_possible: "You can’t sign in with this ID right now. Please ask your administrator for help.",
  failed: "Something went wrong on our side. Please try again.",
};

const required = (value: string) => (value.trim() ? null : "Please fill this in.");

export function SignInPage() {
  const { ending } = useSession();
  const [refusal, setRefusal] = useState("");
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email: "", password: "" },
    validate: { email: required, password: required },
  });

  const submit = async ({ email, password }: { email: string; password: string }) => {
    setRefusal("");
    try {
      await signIn(email, password);
    } catch (error) {
      setRefusal(error instanceof SignInError ? SIGN_IN_ERRORS[error.reason] : messageFor(error));
    }
  };

  return (
    <main className={classes.page}>
      <Paper className={classes.card} radius="xl" p={{ base: "lg", sm: 40 }}>
        <Brand />
        <Title order={1} size="h2" mt="xl">
          Sign in
        </Title>
        <Text c="dimmed" mt={4}>
          Manage the users of your account.
        </Text>
        <form noValidate onSubmit={form.onSubmit(submit)}>
          <Stack mt="lg">
            {ending === "expired" && !refusal && (
              <Alert role="status">Your session has ended. Please sign in again to continue.</Alert>
            )}
            {ending === "signed-out" && !refusal && <Alert role="status">You are signed out.</Alert>}
            <RefusalAlert text={refusal} />
            <TextInput
              label="Email"
              type="email"
              autoComplete="username"
              key={form.key("email")}
              {...form.getInputProps("email")}
            />
            <PasswordInput
              label="Password"
              autoComplete="current-password"
              visibilityToggleButtonProps={{ "aria-label": "Show", tabIndex: 0 }}
              key={form.key("password")}
              {...form.getInputProps("password")}
            />
            <Button type="submit" size="md" loading={form.submitting}>
              Sign in
            </Button>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}
