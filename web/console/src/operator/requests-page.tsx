import { Paper } from "@mantine/core";
import { hasFailed } from "../api/error-messages.ts";
import { useWaitingRequests } from "../api/operator.ts";
import { Loading } from "../page/lazy-page.tsx";
import { MorePages } from "../page/more-pages.tsx";
import { FailureNotice, Notice } from "../page/notice.tsx";
import { Page } from "../page/page.tsx";
import { texts } from "../texts/index.ts";
import { WaitingRequests } from "./waiting-requests.tsx";

/** The requests for seats of all accounts that wait for a decision. */
export function RequestsPage() {
  const t = texts.operator;
  const requests = useWaitingRequests();
  if (requests.isPending) return <Loading />;
  const found = requests.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <Page title={t.nav.requests} tab={`${t.nav.requests} · ${t.title}`} lead={t.requestsLead} size="60rem">
      {hasFailed(requests) ? (
        <FailureNotice error={requests.error} retry={() => void requests.refetch()} />
      ) : found.length ? (
        <Paper withBorder radius="lg" p="lg">
          <WaitingRequests
            requests={found.map(({ account, ...request }) => ({
              accountId: account.account_id,
              name: account.name,
              request,
            }))}
          />
        </Paper>
      ) : (
        !requests.hasNextPage && <Notice icon="seat" title={t.noRequestsTitle} text={t.noRequests} />
      )}
      <MorePages of={requests} />
    </Page>
  );
}
