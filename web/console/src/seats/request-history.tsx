import { Badge, Group, Skeleton, Stack, Text } from "@mantine/core";
import { hasFailed } from "../api/error-messages.ts";
import { type SeatRequest, useSeatRequests } from "../api/seats.ts";
import type { Status } from "../api/types.ts";
import { ActorLink } from "../journal/actor-link.tsx";
import { MorePages } from "../page/more-pages.tsx";
import { FailureNotice } from "../page/notice.tsx";
import { plural, texts } from "../texts/index.ts";
import { Sentence } from "../texts/sentence.tsx";
import { formatDateTime, formatFullDateTime } from "../users/dates.ts";
import badge from "../users/status-badge.module.css";
import classes from "./seats-page.module.css";

const SKELETON_LINES = 3;

/** Statuses of users that have the color of a decision. */
const COLOR_OF = { pending: "expired", approved: "active", denied: "blocked" } as const satisfies Record<
  string,
  Status
>;

/** The account's requests for seats, newest first, with a button for older ones. */
export function RequestHistory({ accountId }: { accountId: string }) {
  const t = texts.seats;
  const requests = useSeatRequests(accountId);
  if (requests.isPending) {
    return (
      <Stack gap="md" role="status" aria-label={t.loadingRequests}>
        {Array.from({ length: SKELETON_LINES }, (_, line) => (
          <Skeleton key={line} height={14} radius="xl" />
        ))}
      </Stack>
    );
  }
  if (hasFailed(requests) || !requests.data) {
    return <FailureNotice error={requests.error} retry={() => void requests.refetch()} />;
  }
  const all = requests.data.pages.flatMap(({ data }) => data);
  if (!all.length) return <Text c="dimmed">{t.noRequests}</Text>;
  return (
    <>
      <ol className={classes.requests} aria-label={t.requests}>
        {all.map((request) => (
          <Request key={request.request_id} request={request} accountId={accountId} />
        ))}
      </ol>
      <MorePages of={requests} />
    </>
  );
}

function Request({ request, accountId }: { request: SeatRequest; accountId: string }) {
  const t = texts.seats;
  const { kind, quantity, reason, status, requested_by, requested_at, decided_by, decided_at } = request;
  const isOwnDecision = decided_by === requested_by;
  return (
    <li className={classes.request}>
      <Group justify="space-between" gap="xs">
        <Text fw={600} size="sm">
          {plural(t.asked[kind], quantity)}
        </Text>
        <Badge variant="default" className={badge.status} data-status={COLOR_OF[status]}>
          {t.decision[status]}
        </Badge>
      </Group>
      {reason && (
        <Text size="sm" className={classes.reason}>
          {reason}
        </Text>
      )}
      <Act
        text={kind === "return" ? texts.user.by : t.askedBy}
        accountId={accountId}
        actor={requested_by}
        at={requested_at}
      />
      {status !== "pending" && decided_by && decided_at && !isOwnDecision && (
        <Act text={t.decidedBy[status]} accountId={accountId} actor={decided_by} at={decided_at} />
      )}
    </li>
  );
}

interface ActProps {
  text: string;
  accountId: string;
  actor: string;
  at: string;
}

/** Who did something, and when. */
function Act({ text, accountId, actor, at }: ActProps) {
  return (
    <Text size="sm" c="dimmed">
      <Sentence text={text} values={{ actor: <ActorLink accountId={accountId} actor={actor} /> }} />
      <span>{" · "}</span>
      <time dateTime={at} title={formatFullDateTime(at)}>
        {formatDateTime(at)}
      </time>
    </Text>
  );
}
