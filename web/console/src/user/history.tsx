import { Button, Skeleton, Stack, Text } from "@mantine/core";
import { useJournal } from "../api/queries.ts";
import { hasFailed, isLostAccess } from "../api/error-messages.ts";
import type { Entry, User } from "../api/types.ts";
import { FailureNotice } from "../page/notice.tsx";
import { formatFullDateTime, formatDateTime } from "../users/dates.ts";
import { describeEntry } from "./journal-entry.ts";
import { ActorLink } from "./actor-link.tsx";
import { Section } from "../page/section.tsx";
import classes from "./user-page.module.css";

const SKELETON_LINES = 4;

/** The user's journal, newest first; renders nothing without the permission to read it. */
export function History({ user }: { user: User }) {
  const journal = useJournal(user.account_id, user.user_id);
  if (journal.isError && isLostAccess(journal.error)) return null;
  return (
    <Section title="History">
      {journal.isPending ? (
        <Stack gap="md" role="status" aria-label="Loading the history">
          {Array.from({ length: SKELETON_LINES }, (_, line) => (
            <Skeleton key={line} height={14} radius="xl" />
          ))}
        </Stack>
      ) : hasFailed(journal) || !journal.data ? (
        <FailureNotice error={journal.error} retry={() => void journal.refetch()} />
      ) : (
        <>
          <ol className={classes.entries}>
            {journal.data.pages.flatMap(({ data }) =>
              data.map((entry) => <HistoryEntry key={entry.entry_id} entry={entry} user={user} />),
            )}
          </ol>
          {journal.hasNextPage && (
            <Button
              variant="light"
              mt="md"
              loading={journal.isFetchingNextPage}
              onClick={() => void journal.fetchNextPage()}
            >
              Show more
            </Button>
          )}
        </>
      )}
    </Section>
  );
}

function HistoryEntry({ entry, user }: { entry: Entry; user: User }) {
  const { title, more } = describeEntry(entry);
  return (
    <li className={classes.entry}>
      <Text fw={600} size="sm">
        {title}
      </Text>
      {more && <Text size="sm">{more}</Text>}
      <Text size="sm" c="dimmed">
        {entry.actor !== "clock" && (
          <>
            by <ActorLink accountId={user.account_id} actor={entry.actor} /> ·{" "}
          </>
        )}
        <time dateTime={entry.at} title={formatFullDateTime(entry.at)}>
          {formatDateTime(entry.at)}
        </time>
      </Text>
    </li>
  );
}
