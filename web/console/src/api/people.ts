import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { fullName } from "../users/full-name.ts";
import { STATUSES, defaultView } from "../users/view.ts";
import { ACTOR_STALE_MS, LARGEST_PAGE, fetchUsers, userQuery } from "./queries.ts";
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

/** How many users are read at the same time; each request counts against the limit of the person. */
const READ_AT_ONCE = 6;

/**
 * Reads several users by their ids, a few at a time; none while not `enabled`. Returns those that have arrived, by id,
 * and whether others are still to come.
 */
export function usePeople(accountId: string, userIds: string[], { staleTime = ACTOR_STALE_MS, enabled = true } = {}) {
  const [answered, setAnswered] = useState(0);
  const { people, answers } = useQueries({
    queries: userIds.map((userId, place) => ({
      ...userQuery(accountId, userId),
      staleTime,
      enabled: enabled && place < answered + READ_AT_ONCE,
    })),
    combine: (users) => ({
      people: new Map(users.flatMap(({ data }) => (data ? [[data.user_id, data] as const] : []))),
      answers: users.filter(({ data, isError }) => data ?? isError).length,
    }),
  });
  if (answers !== answered) setAnswered(answers);
  return { people, isLoading: answers < userIds.length };
}

/** Reads several users by their ids. Returns the names that have arrived, by id. */
export const useNames = (accountId: string, userIds: string[]): Map<string, string> =>
  new Map([...usePeople(accountId, userIds).people].map(([userId, user]) => [userId, fullName(user)]));
