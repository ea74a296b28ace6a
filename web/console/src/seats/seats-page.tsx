import { Button, Group, Stack } from "@mantine/core";
import { useAccountContext } from "../account/account-context.ts";
import type { SeatRequest } from "../api/seats.ts";
import { Icon } from "../page/icons.tsx";
import { NoPermissionPage } from "../page/notice.tsx";
import { Page } from "../page/page.tsx";
import { Section } from "../page/section.tsx";
import { useOpened } from "../page/use-opened.ts";
import { texts } from "../texts/index.ts";
import { RequestDialog } from "./request-dialog.tsx";
import { RequestHistory } from "./request-history.tsx";
import { SeatNumbers } from "./seat-numbers.tsx";
import { SeatsByStatus } from "./seats-by-status.tsx";
import { useMayManageSeats } from "./use-may-manage-seats.ts";

/** The seats, or a notice for those who may not manage them. */
export function SeatsRoute() {
  const mayManageSeats = useMayManageSeats();
  if (!mayManageSeats) return <NoPermissionPage title={texts.seats.title} text={texts.seats.adminsOnly} />;
  return <SeatsPage />;
}

/** The account's seats: how many, used by whom, and what was asked for. */
function SeatsPage() {
  const t = texts.seats;
  const { account, accountId } = useAccountContext();
  const { limit, available } = account.seats;
  const { opened: asking, open: ask, close } = useOpened<SeatRequest["kind"]>();
  return (
    <Page
      title={t.title}
      tab={`${t.title} · ${account.name}`}
      lead={t.lead}
      size="60rem"
      actions={
        limit !== null && (
          <Group gap="sm">
            <Button
              variant="default"
              size="md"
              leftSection={<Icon name="minus" />}
              disabled={!available}
              onClick={() => {
                ask("return");
              }}
            >
              {t.giveBack}
            </Button>
            <Button
              size="md"
              leftSection={<Icon name="plus" />}
              onClick={() => {
                ask("purchase");
              }}
            >
              {t.ask}
            </Button>
          </Group>
        )
      }
    >
      <Stack>
        <Section title={t.now}>
          <SeatNumbers {...account.seats} />
        </Section>
        <Section title={t.byWhom}>
          <SeatsByStatus />
        </Section>
        <Section title={t.requests}>
          <RequestHistory accountId={accountId} />
        </Section>
      </Stack>
      {asking && <RequestDialog kind={asking} onClose={close} />}
    </Page>
  );
}
