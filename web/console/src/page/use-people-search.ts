import { useUsers } from "../api/queries.ts";
import type { Status, User } from "../api/types.ts";
import { defaultView } from "../users/view.ts";
import { useSearch } from "./use-search.ts";

/** Asks the API for users whose names or addresses begin with the typed text; returns the first page. */
export function usePeopleSearch(accountId: string, typed: string, status: Status[]): User[] {
  const users = useUsers(accountId, { ...defaultView(), status, search: useSearch(typed) });
  return users.data?.pages[0]?.data ?? [];
}
