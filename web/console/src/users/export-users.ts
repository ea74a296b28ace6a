import { LARGEST_PAGE, fetchUsers } from "../api/queries.ts";
import type { User } from "../api/types.ts";
import { writeTable } from "../page/csv.ts";
import type { ExportOptions } from "../page/export-button.tsx";
import { texts } from "../texts/index.ts";
import { needsAttention } from "./attention.ts";
import { statusLabel } from "./status-badge.tsx";
import { unicodeEmail } from "./unicode-email.ts";
import type { UsersView } from "./view.ts";

/** Reads all pages of a view, one after another, until the signal is aborted. */
export async function readAllUsers(
  accountId: string,
  view: UsersView,
  { onProgress, signal }: ExportOptions,
): Promise<User[]> {
  const users: User[] = [];
  let cursor: string | null = "";
  while (cursor !== null && !signal.aborted) {
    const page: Awaited<ReturnType<typeof fetchUsers>> = await fetchUsers(accountId, view, {
      cursor,
      limit: LARGEST_PAGE,
    });
    users.push(...page.data.filter((user) => view.only !== "attention" || needsAttention(user)));
    onProgress(users.length);
    cursor = page.next_cursor;
  }
  return users;
}

/** Returns users as a CSV file with titles in the person's language; moments are in UTC (ISO 8601). */
export function usersFile(users: User[]): string {
  const { field, status, user: t, users: list } = texts;
  const titles = [
    field.firstName,
    field.lastName,
    field.email,
    status.label,
    list.role,
    field.groups,
    t.invited,
    t.joined,
    t.lastSeen,
    t.id,
  ];
  return writeTable(titles, users.map(lineOf));
}

function lineOf(user: User): string[] {
  const { first_name, last_name, email, groups, created_at, joined_at, last_seen_at, user_id } = user;
  const names = groups.map(({ name }) => name).join(", ");
  const moments = [created_at, joined_at ?? "", last_seen_at ?? ""];
  return [first_name, last_name, unicodeEmail(email), statusLabel(user), roleOf(user), names, ...moments, user_id];
}

function roleOf({ admin, kind }: User): string {
  const { field, users: t } = texts;
  return [kind === "partner" && t.partner, admin && field.administrator].filter(Boolean).join(", ");
}
