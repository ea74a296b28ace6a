import { Skeleton, Stack, Text } from "@mantine/core";
import type { useJournal } from "../api/queries.ts";
import { hasFailed } from "../api/error-messages.ts";
import type { Entry } from "../api/types.ts";
import { MorePages } from "../page/more-pages.tsx";
import { FailureNotice } from "../page/notice.tsx";
import { texts } from "../texts/index.ts";
import { Sentence } from "../texts/sentence.tsx";
import { formatDateTime, formatFullDateTime } from "../users/dates.ts";
import { ActorLink } from "./actor-link.tsx";
import { describeEntry } from "./entry-text.ts";
import classes from "./entries.module.css";

const SKELETON_LINES = 4;

interface EntriesProps {
  accountId: string;
  journal: ReturnType<typeof useJournal>;
  /** Name the user whom an entry is about: not where all are about the same one. */
  withUser?: boolean;
}

/** Entries of the journal as they are loaded, newest first, with a button for older ones. */
export function Entries({ accountId, journal, withUser = false }: EntriesProps) {
  if (journal.isPending) {
    return (
      <Stack gap="md" role="status" aria-label={texts.user.loadingHistory}>
        {Array.from({ length: SKELETON_LINES }, (_, line) => (
          <Skeleton key={line} height={14} radius="xl" />
        ))}
      </Stack>
    );
  }
  if (hasFailed(journal) || !journal.data) {
    return <FailureNotice error={journal.error} retry={() => void journal.refetch()} />;
  }
  return (
    <>
      <ol className={classes.entries}>
        {journal.data.pages.flatMap(({ data }) =>
          data.map((entry) => (
            <JournalEntry key={entry.entry_id} entry={entry} accountId={accountId} withUser={withUser} />
          )),
        )}
      </ol>
      <MorePages of={journal} />
    </>
  );
}

function JournalEntry({ entry, accountId, withUser }: { entry: Entry; accountId: string; withUser: boolean }) {
  const { title, more, person } = describeEntry(entry);
  const user = withUser && entry.user_id;
  return (
    <li className={classes.entry}>
      <Text fw={600} size="sm">
        {user ? (
          <Sentence
            text={texts.activity.subject}
            values={{ event: <span>{title}</span>, name: <ActorLink accountId={accountId} actor={user} /> }}
          />
        ) : (
          title
        )}
      </Text>
      {more && (
        <Text size="sm">
          <Sentence text={more} values={person ? { name: <ActorLink accountId={accountId} actor={person} /> } : {}} />
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {entry.actor !== "clock" && (
          <>
            <Sentence
              text={texts.user.by}
              values={{ actor: <ActorLink accountId={accountId} actor={entry.actor} /> }}
            />
            <span>{" · "}</span>
          </>
        )}
        <time dateTime={entry.at} title={formatFullDateTime(entry.at)}>
          {formatDateTime(entry.at)}
        </time>
      </Text>
    </li>
  );
}
