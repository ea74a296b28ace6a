import { Badge, Button, Group, Paper, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import type { Me } from "../api/types.ts";
import { navigate, usersPath } from "../page/route.ts";
import { Brand } from "../page/brand.tsx";
import { Notice } from "../page/notice.tsx";
import { signOut } from "../session/store.ts";
import classes from "./account-picker.module.css";

export function AccountPicker({ me }: { me: Me }) {
  return (
    <main className={classes.page}>
      <Paper className={classes.card} radius="xl" p={{ base: "lg", sm: 40 }} shadow="xl">
        <Brand />
        {me.accounts.length ? <Choice me={me} /> : <None email={me.email} />}
        <Group justify="center" mt="lg">
          <Button variant="subtle" onClick={signOut}>
            Sign out
          </Button>
        </Group>
      </Paper>
    </main>
  );
}

function Choice({ me }: { me: Me }) {
  return (
    <>
      <Title order={1} size="h2" mt="xl">
        Choose an account
      </Title>
      <Text c="dimmed">You are signed in as {me.email}.</Text>
      <Stack mt="lg" gap="sm">
        {me.accounts.map(({ account_id, name, status, admin }) => (
          <UnstyledButton
            key={account_id}
            className={classes.account}
            disabled={status !== "active"}
            onClick={() => {
              navigate(usersPath(account_id));
            }}
          >
            <span>
              <Text component="span" fw={600} display="block">
                {name}
              </Text>
              <Text component="span" size="sm" c="dimmed">
                App ID {account_id}
              </Text>
            </span>
            {status === "active" ? admin && <Badge variant="light">Admin</Badge> : <Badge color="gray">{status}</Badge>}
          </UnstyledButton>
        ))}
      </Stack>
    </>
  );
}

function None({ email }: { email: string }) {
  return (
    <Notice
      icon="people"
      order={1}
      title="You don’t have access to any account"
      text={`You are signed in as ${email}. Your access may have ended. Open the link in your invitation email, or ask an administrator for an invitation.`}
    />
  );
}
