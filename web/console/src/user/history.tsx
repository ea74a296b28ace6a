import { Button, Skeleton, Stack, Text } from "@mantine/core";
import { useJournal } from "../api/queries.ts";
import { hasFailed, isLostAccess } from "../api/refusals.ts";
import type { Entry, User } from "../api/types.ts";
import { FailureNotice } from "../page/notice-page.tsx";
import { asFullMoment, asMoment } from "../users/moments.ts";
import { wordsOf } from "./entry-words.ts";
import { Person } from "./person.tsx";
import { Section } from "../page/section.tsx";
import classes from "./user-page.module.css";

const WAITING_LINES = 4;

/** What has happened to a user, newest first; whoever may not read the journal sees none of it. */
export function History({ user }: { user: User }) {
  const journal = useJournal(user.account_id, user.user_id);
  if (journal.isError && isLostAccess(journal.error)) return null;
  return (
    <Section title="History">
      {journal.isPending ? (
        <Stack gap="md" role="status" aria-label="Loading the history">
          {Array.from({ length: WAITING_LINES }, (_, line) => (
            <Skeleton key={line} height={14} radius="xl" />
          ))}
        </Stack>
      ) : hasFailed(journal) || !journal.data ? (
        <FailureNotice error={journal.error} retry={() => void journal.refetch()} />
      ) : (
        <>
          <ol className={classes.entries}>
            {journal.data.pages.flatMap(({ data }) =>
              data.map((entry) => <Line key={entry.entry_id} entry={entry} user={user} />),
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

function Line({ entry, user }: { entry: Entry; user: User }) {
  const { title, more } = wordsOf(entry);
  return (
    <li className={classes.entry}>
      <Text fw={600} size="sm">
        {title}
      </Text>
      {more && <Text size="sm">{more}</Text>}
      <Text size="sm" c="dimmed">
        {entry.actor !== "clock" && (
          <>
            by <Person accountId={user.account_id} actor={entry.actor} /> ·{" "}
          </>
        )}
        <time dateTime={entry.at} title={asFullMoment(entry.at)}>
          {asMoment(entry.at)}
        </time>
      </Text>
    </li>
  );
}
