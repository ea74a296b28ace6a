import { Avatar, Container, Group, Paper, Text } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { ActionButtons } from "../actions/action-buttons.tsx";
import { useUser } from "../api/queries.ts";
import { hasFailed, isLostAccess } from "../api/error-messages.ts";
import type { Account, User } from "../api/types.ts";
import { BackLink } from "../page/back-link.tsx";
import { Loading } from "../page/lazy-page.tsx";
import { FailureNotice, NoPermissionPage, Notice } from "../page/notice.tsx";
import { PageTitle } from "../page/page-title.tsx";
import { RecordsSection } from "../records/records-section.tsx";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { StatusBadge } from "../users/status-badge.tsx";
import { EndOfAccess } from "../users/status-note.tsx";
import { unicodeEmail } from "../users/unicode-email.ts";
import { SelfBadge, UserBadges } from "../users/user-identity.tsx";
import { InvitationFacts, PersonFacts } from "./facts.tsx";
import { History } from "./history.tsx";
import { Section } from "../page/section.tsx";
import classes from "./user-page.module.css";

interface UserPageProps {
  account: Account;
  userId: string;
  maySeeHistory: boolean;
}

/** The user of the URL. */
export function UserRoute() {
  const { userId } = useParams({ from: "/$accountId/users/$userId" });
  const { account, may } = useAccountContext();
  if (!may("users.view")) return <NoPermissionPage title={texts.users.title} text={texts.notice.noPermission} />;
  return <UserPage key={userId} account={account} userId={userId} maySeeHistory={may("journal.view")} />;
}

/** One user of the account: invitation, details, actions and history. */
function UserPage({ account, userId, maySeeHistory }: UserPageProps) {
  const { isAdmin } = useAccountContext();
  const user = useUser(account.account_id, userId);
  if (user.isPending) return <Loading />;
  return (
    <Container component="main" size="80rem" className={classes.page}>
      <BackLink accountId={account.account_id} />
      {hasFailed(user) || !user.data ? (
        <UserNotFound error={user.error} account={account} retry={() => void user.refetch()} />
      ) : (
        <>
          <UserHeader user={user.data} account={account} />
          <div className={classes.columns}>
            <div className={classes.column}>
              {isAdmin && <RecordsSection user={user.data} />}
              {user.data.invitation && (
                <Section title={texts.user.invitation}>
                  <InvitationFacts user={user.data} invitation={user.data.invitation} />
                </Section>
              )}
              <Section title={texts.user.details}>
                <PersonFacts user={user.data} />
              </Section>
            </div>
            {maySeeHistory && <History user={user.data} />}
          </div>
        </>
      )}
    </Container>
  );
}

function UserHeader({ user, account }: { user: User; account: Account }) {
  const name = fullName(user);
  return (
    <Paper withBorder radius="lg" p="lg" className={classes.userHeader}>
      <Avatar name={name} size={64} color={user.status === "active" ? "accent" : "gray"} variant="light" alt="" />
      <div className={classes.names}>
        <Group gap="xs">
          <PageTitle tab={`${name} · ${account.name}`}>{name}</PageTitle>
          <StatusBadge {...user} />
          <UserBadges user={user} />
          <SelfBadge user={user} />
        </Group>
        <Text c="dimmed">{unicodeEmail(user.email)}</Text>
        <EndOfAccess user={user} />
      </div>
      <ActionButtons user={user} />
    </Paper>
  );
}

function UserNotFound({ error, account, retry }: { error: unknown; account: Account; retry: () => void }) {
  if (!isLostAccess(error)) return <FailureNotice error={error} retry={retry} order={1} />;
  return (
    <Notice
      icon="people"
      order={1}
      title={texts.user.notFoundTitle}
      text={fill(texts.user.notFound, { account: account.name })}
    />
  );
}
