import { Button, Group, Stack } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { fill } from "#shared/texts.ts";
import { hasFailed, isLostAccess } from "../api/error-messages.ts";
import { type OperatedAccount, useAnyAccount } from "../api/operator.ts";
import type { Status } from "../api/types.ts";
import back from "../page/back-link.module.css";
import { Icon } from "../page/icons.tsx";
import { Loading } from "../page/lazy-page.tsx";
import { TextLink } from "../page/links.tsx";
import { ACCOUNTS_LIST, lastParameters } from "../page/list-parameters.ts";
import { FailureNotice, NotFoundPage } from "../page/notice.tsx";
import { Page } from "../page/page.tsx";
import { Section } from "../page/section.tsx";
import { useOpened } from "../page/use-opened.ts";
import { SeatNumbers } from "../seats/seat-numbers.tsx";
import seats from "../seats/seats-page.module.css";
import { formatNumber, texts } from "../texts/index.ts";
import { StatusBadge } from "../users/status-badge.tsx";
import { Administrators } from "./administrators.tsx";
import { InviteAdministratorDialog } from "./invite-administrator-dialog.tsx";
import { SetSeatsDialog } from "./set-seats-dialog.tsx";
import { SuspendDialog } from "./suspend-dialog.tsx";
import { SuspendedBadge } from "./suspended-badge.tsx";
import { WaitingRequests } from "./waiting-requests.tsx";

const STATUSES: Status[] = ["invited", "expired", "active", "blocked", "inactive"];

/** One account, as operator. */
export function AccountPage() {
  const { appId } = useParams({ from: "/operator/accounts/$appId" });
  const account = useAnyAccount(appId);
  if (account.isPending) return <Loading />;
  if (hasFailed(account) || !account.data) {
    if (isLostAccess(account.error)) return <NotFoundPage />;
    return <FailureNotice error={account.error} retry={() => void account.refetch()} />;
  }
  return <AnyAccount account={account.data} />;
}

function AnyAccount({ account }: { account: OperatedAccount }) {
  const t = texts.operator;
  const { opened: doing, open, close } = useOpened<"seats" | "suspend" | "administrator">();
  const isSuspended = account.status === "suspended";
  return (
    <Page
      title={account.name}
      tab={`${account.name} · ${t.title}`}
      lead={
        <Group gap="sm" c="dimmed">
          <span>{fill(texts.nav.appId, { id: account.account_id })}</span>
          {isSuspended && <SuspendedBadge />}
        </Group>
      }
      size="60rem"
      actions={
        <Group gap="sm">
          <Button
            variant="default"
            size="md"
            onClick={() => {
              open("suspend");
            }}
          >
            {isSuspended ? t.resume : t.suspend}
          </Button>
          <Button
            size="md"
            onClick={() => {
              open("seats");
            }}
          >
            {t.setSeats}
          </Button>
        </Group>
      }
    >
      <Stack>
        <TextLink
          to="/operator/accounts"
          search={lastParameters(ACCOUNTS_LIST)}
          size="sm"
          fw={600}
          className={back.back}
        >
          <Icon name="back" size={16} />
          <span>{t.nav.accounts}</span>
        </TextLink>
        <Section title={texts.seats.title}>
          <SeatNumbers {...account.seats} isOwn={false} />
        </Section>
        {account.seat_requests.length > 0 && (
          <Section title={t.waiting}>
            <WaitingRequests
              requests={account.seat_requests.map((request) => ({ accountId: account.account_id, request }))}
            />
          </Section>
        )}
        <Section title={texts.nav.users}>
          <ul className={seats.statuses}>
            {STATUSES.map((status) => (
              <li key={status} className={seats.status}>
                <StatusBadge status={status} />
                <span>{formatNumber(account.counts[status] ?? 0)}</span>
              </li>
            ))}
          </ul>
        </Section>
        <Section title={t.administrators}>
          <Administrators users={account.administrators} canInvite={!isSuspended} />
          {!isSuspended && (
            <Button
              variant="default"
              mt="md"
              leftSection={<Icon name="plus" />}
              onClick={() => {
                open("administrator");
              }}
            >
              {t.inviteAdmin}
            </Button>
          )}
        </Section>
      </Stack>
      {doing === "seats" && <SetSeatsDialog account={account} onClose={close} />}
      {doing === "administrator" && <InviteAdministratorDialog account={account} onClose={close} />}
      {doing === "suspend" && <SuspendDialog account={account} onClose={close} />}
    </Page>
  );
}
