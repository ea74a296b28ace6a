import { useDebouncedValue } from "@mantine/hooks";
import { useUsers } from "../api/queries.ts";
import type { Status, User } from "../api/types.ts";
import { defaultView } from "../users/view.ts";

const SEARCH_DELAY_MS = 250;

/** Asks the API for users whose names or addresses begin with the typed text; returns the first page. */
export function usePeopleSearch(accountId: string, typed: string, status: Status[]): User[] {
  const [search] = useDebouncedValue(typed.trim(), SEARCH_DELAY_MS);
  const users = useUsers(accountId, { ...defaultView(), status, search });
  return users.data?.pages[0]?.data ?? [];
}
