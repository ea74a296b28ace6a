import { fill } from "#shared/texts.ts";
import { findUsers } from "../api/people.ts";
import { type JournalView, LARGEST_PAGE, fetchJournal } from "../api/queries.ts";
import type { Entry } from "../api/types.ts";
import { isUserId, nameOfOther } from "../journal/actors.ts";
import { describeEntry } from "../journal/entry-text.ts";
import type { ExportOptions } from "../page/export-button.tsx";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";

/** Reads all pages of the journal that the filters find, one after another, until the signal is aborted. */
export async function readAllEntries(
  accountId: string,
  view: JournalView,
  { onProgress, signal }: ExportOptions,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  let cursor: string | null = "";
  while (cursor !== null && !signal.aborted) {
    const page: Awaited<ReturnType<typeof fetchJournal>> = await fetchJournal(accountId, view, {
      cursor,
      limit: LARGEST_PAGE,
    });
    entries.push(...page.data);
    onProgress(entries.length);
    cursor = page.next_cursor;
  }
  return entries;
}

/** Reads the names of everyone whom the entries name. Returns names by id, without those of people who are gone. */
export async function readNames(
  accountId: string,
  entries: Entry[],
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const users = await findUsers(accountId, entries.flatMap(peopleOf), signal);
  return new Map([...users].map(([userId, user]) => [userId, fullName(user)]));
}

const peopleOf = (entry: Entry): string[] =>
  [entry.actor, entry.user_id, describeEntry(entry).person].filter((id) => id != null && isUserId(id)) as string[];

/** Returns the titles, in the person's language, and the lines of a table of entries; moments are in UTC (ISO 8601). */
export function activityTable(entries: Entry[], names: Map<string, string>): [string[], string[][]] {
  const { activity: t, user } = texts;
  const titles = [t.column.at, t.type, t.user, user.id, t.column.by, t.column.byId, user.details];
  const lines = entries.map((entry) => {
    const { at, actor, user_id } = entry;
    const { title, more = "", person } = describeEntry(entry);
    const by = isUserId(actor) ? (names.get(actor) ?? "") : nameOfOther(actor);
    const details = person ? fill(more, { name: names.get(person) ?? person }) : more;
    return [at, title, names.get(user_id ?? "") ?? "", user_id ?? "", by, actor, details];
  });
  return [titles, lines];
}
