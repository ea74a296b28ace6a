import { useEffect } from "react";
import { LARGEST_PAGE, lagsBehind, useUsers } from "../api/queries.ts";
import { plural, texts } from "../texts/index.ts";
import type { UsersView } from "./view.ts";

/** How many pages of pending invitations are searched for those that need attention, before the person asks for more. */
const PAGES_SEARCHED = 5;

/** Reads the users of a view. For *Needs attention*, further pages are read on their own, up to a limit. */
export function useListedUsers(accountId: string, view: UsersView) {
  const query = useUsers(accountId, view);
  const pages = query.data?.pages ?? [];
  const users = pages.flatMap(({ data }) => data);
  const { fetchNextPage, hasNextPage, isFetching, isError } = query;
  const pageCount = pages.length;
  // The API leaves out those whose records no longer wait: a page may have nobody.
  const isIncomplete = view.only === "attention" || (view.only && !users.length);
  const isSearching = Boolean(isIncomplete) && hasNextPage && !isError && pageCount % PAGES_SEARCHED !== 0;
  useEffect(() => {
    if (isSearching && !isFetching) void fetchNextPage();
  }, [isSearching, isFetching, pageCount, fetchNextPage]);
  return {
    query,
    users,
    isSearching,
    isLagging: lagsBehind(pages),
    /** How many pending invitations were looked at, while there are others; else 0. */
    searched: view.only === "attention" && hasNextPage ? pageCount * LARGEST_PAGE : 0,
    summary: pages[0] ? summary(users.length, hasNextPage, view.only === "attention" ? null : pages[0].total) : "",
  };
}

/** Says how many users there are, or how many of them a search or filter has found. */
function summary(shown: number, hasMore: boolean, total: number | null): string {
  const { count, found, foundSoFar } = texts.users;
  if (total !== null) return plural(count, total);
  return plural(hasMore ? foundSoFar : found, shown);
}
