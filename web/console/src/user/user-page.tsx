import { Avatar, Badge, Container, Group, Paper, Text } from "@mantine/core";
import { ActionButtons } from "../actions/action-buttons.tsx";
import { useUser } from "../api/queries.ts";
import { hasFailed, isLostAccess } from "../api/error-messages.ts";
import type { Account, User } from "../api/types.ts";
import { BackLink } from "../page/back-link.tsx";
import { Loading } from "../page/lazy-page.tsx";
import { FailureNotice, Notice } from "../page/notice.tsx";
import { PageTitle } from "../page/page-title.tsx";
import { fullName } from "../users/full-name.ts";
import { StatusBadge } from "../users/status-badge.tsx";
import { InvitationFacts, PersonFacts } from "./facts.tsx";
import { History } from "./history.tsx";
import { Section } from "../page/section.tsx";
import classes from "./user-page.module.css";

interface UserPageProps {
  account: Account;
  userId: string;
  maySeeHistory: boolean;
}

/** One user of the account: invitation, details, actions and history. */
export default function UserPage({ account, userId, maySeeHistory }: UserPageProps) {
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
              {user.data.invitation && (
                <Section title="Invitation">
                  <InvitationFacts user={user.data} invitation={user.data.invitation} />
                </Section>
              )}
              <Section title="Details">
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
          <StatusBadge status={user.status} />
          {user.admin && <Badge variant="outline">Admin</Badge>}
        </Group>
        <Text c="dimmed">{user.email}</Text>
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
      title="User not found"
      text={`The link may be wrong, or this person is not in ${account.name}.`}
    />
  );
}
