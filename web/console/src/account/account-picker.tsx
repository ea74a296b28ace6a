import { Badge, Button, Center, Group, Loader, Paper, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { Link, useLocation } from "@tanstack/react-router";
import { fill } from "#shared/texts.ts";
import { useMe } from "../api/queries.ts";
import type { Me } from "../api/types.ts";
import { Brand } from "../page/brand.tsx";
import { ButtonLink, HelpButton } from "../page/links.tsx";
import { FailureNotice, Notice } from "../page/notice.tsx";
import { signOut } from "../session/store.ts";
import { useIsOperator } from "../session/use-is-operator.ts";
import { texts } from "../texts/index.ts";
import { StatusBadge } from "../users/status-badge.tsx";
import { unicodeEmail } from "../users/unicode-email.ts";
import { PendingInvitations, useMyInvitations } from "./pending-invitations.tsx";
import classes from "./account-picker.module.css";

/** A notice that stands for the picker; the tab keeps its title. */
const ofPage = () => ({ order: 1, tab: texts.picker.document }) as const;

/** The accounts of the person to choose from, and those that have invited them. */
export function AccountPicker() {
  const me = useMe().data;
  useDocumentTitle(texts.picker.document);
  const isOperator = useIsOperator();
  return (
    <main className={classes.page}>
      <Paper className={classes.card} radius="xl" p={{ base: "lg", sm: 40 }} shadow="xl">
        <Brand />
        {me && <Content me={me} />}
        <Group justify="center" mt="lg">
          {isOperator && (
            <ButtonLink to="/operator/accounts" variant="light">
              {texts.operator.open}
            </ButtonLink>
          )}
          <ButtonLink to="/profile" variant="subtle">
            {texts.menu.profile}
          </ButtonLink>
          <HelpButton />
          <Button variant="subtle" onClick={signOut}>
            {texts.menu.signOut}
          </Button>
        </Group>
      </Paper>
    </main>
  );
}

function Content({ me }: { me: Me }) {
  const { left } = useLocation().state;
  const reading = useMyInvitations();
  const invitations = reading.data?.data;
  const hasLeft = left !== undefined && !me.accounts.length;
  if (hasLeft || me.accounts.length || me.ended_accounts.length) {
    return (
      <>
        {hasLeft ? <Left account={left} email={me.email} /> : <Choice me={me} />}
        {invitations?.length ? <PendingInvitations invitations={invitations} order={2} /> : null}
      </>
    );
  }
  if (reading.isLoadingError) {
    return <FailureNotice error={reading.error} retry={() => void reading.refetch()} {...ofPage()} />;
  }
  if (!invitations) {
    return (
      <Center py={96}>
        <Loader aria-label={texts.common.loading} role="status" />
      </Center>
    );
  }
  if (!invitations.length) return <None email={me.email} />;
  return (
    <PendingInvitations invitations={invitations} order={1}>
      <SignedInAs email={me.email} />
    </PendingInvitations>
  );
}

function Choice({ me }: { me: Me }) {
  return (
    <>
      <Title order={1} size="h2" mt="xl">
        {me.accounts.length ? texts.picker.title : texts.picker.noneTitle}
      </Title>
      <SignedInAs email={me.email} />
      <Stack mt="lg" gap="sm">
        {me.accounts.map((account) => (
          <Link
            key={account.account_id}
            to="/$accountId/users"
            params={{ accountId: account.account_id }}
            className={classes.account}
          >
            <AccountName {...account} />
            {account.admin && (
              <Badge variant="light" className={classes.badge}>
                {texts.users.admin}
              </Badge>
            )}
          </Link>
        ))}
        {me.ended_accounts.map((account) => (
          <div key={account.account_id} className={`${classes.account ?? ""} ${classes.ended ?? ""}`}>
            <AccountName {...account} />
            <StatusBadge status={account.status} />
          </div>
        ))}
      </Stack>
      {me.ended_accounts.length > 0 && <Text c="dimmed">{texts.picker.ended}</Text>}
    </>
  );
}

function AccountName({ account_id, name }: { account_id: string; name: string }) {
  return (
    <span>
      <Text component="span" fw={600} display="block">
        {name}
      </Text>
      <Text component="span" size="sm" c="dimmed">
        {fill(texts.nav.appId, { id: account_id })}
      </Text>
    </span>
  );
}

function SignedInAs({ email }: { email: string }) {
  return <Text c="dimmed">{fill(texts.picker.signedInAs, { email: unicodeEmail(email) })}</Text>;
}

/** Notice for a partner who has left their only account. */
function Left({ account, email }: { account: string; email: string }) {
  return (
    <Notice
      icon="exit"
      {...ofPage()}
      title={fill(texts.leave.leftTitle, { account })}
      text={fill(texts.leave.leftText, { account, email: unicodeEmail(email) })}
    />
  );
}

function None({ email }: { email: string }) {
  return (
    <Notice
      icon="people"
      {...ofPage()}
      title={texts.picker.noneTitle}
      text={fill(texts.picker.none, { email: unicodeEmail(email) })}
    />
  );
}
