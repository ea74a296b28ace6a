import { useUsers } from "../api/queries.ts";
import type { Status, User } from "../api/types.ts";
import { texts } from "../texts/index.ts";
import { defaultView } from "../users/view.ts";
import { searchWords } from "./load-failure.tsx";
import { useSearch } from "./use-search.ts";

interface FoundPeople {
  /** The first page. */
  found: User[];
  /** What the field says. */
  words: ReturnType<typeof searchWords>;
}

/** Asks the API for users whose names or addresses begin with the typed text. */
export function usePeopleSearch(accountId: string, typed: string, status: Status[]): FoundPeople {
  const users = useUsers(accountId, { ...defaultView(), status, search: useSearch(typed) });
  return { found: users.data?.pages[0]?.data ?? [], words: searchWords(users, texts.field.noMatch) };
}
