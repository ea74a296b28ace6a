import { STATUSES, defaultView } from "../users/view.ts";
import { LARGEST_PAGE, fetchUsers } from "./queries.ts";
import type { User } from "./types.ts";

/**
 * Reads the users of an account page by page, until everyone with one of the ids is found, there are no more users, or
 * the signal is aborted. Returns those who were found, by id.
 */
export async function findUsers(accountId: string, ids: Iterable<string>, signal: AbortSignal) {
  const found = new Map<string, User>();
  const missing = new Set(ids);
  const everyone = { ...defaultView(), status: [...STATUSES] };
  let cursor: string | null = "";
  while (cursor !== null && missing.size && !signal.aborted) {
    const page: Awaited<ReturnType<typeof fetchUsers>> = await fetchUsers(accountId, everyone, {
      cursor,
      limit: LARGEST_PAGE,
    });
    for (const user of page.data) if (missing.delete(user.user_id)) found.set(user.user_id, user);
    cursor = page.next_cursor;
  }
  return found;
}
