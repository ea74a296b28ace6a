import { useUsers } from "../api/queries.ts";
import type { Status, User } from "../api/types.ts";
import { texts } from "../texts/index.ts";
import { defaultView } from "../users/view.ts";
import { nothingFound } from "./load-failure.tsx";
import { useSearch } from "./use-search.ts";

interface FoundPeople {
  /** The first page. */
  found: User[];
  /** What to say where nobody was found. */
  nobody: string;
}

/** Asks the API for users whose names or addresses begin with the typed text. */
export function usePeopleSearch(accountId: string, typed: string, status: Status[]): FoundPeople {
  const users = useUsers(accountId, { ...defaultView(), status, search: useSearch(typed) });
  return { found: users.data?.pages[0]?.data ?? [], nobody: nothingFound(users, texts.field.noMatch) };
}
