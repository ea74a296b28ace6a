import { createContext, use, useState } from "react";
import type { User } from "../api/types.ts";

/** Which of the listed users are selected. */
export interface Selection {
  users: User[];
  has: (user: User) => boolean;
  toggle: (user: User) => void;
  /** Selects all that are listed, or none. */
  toggleAll: () => void;
  clear: () => void;
  isAll: boolean;
}

/** Null where nothing can be done with several users at once. */
export const SelectionContext = createContext<Selection | null>(null);

export const useSelection = (): Selection | null => use(SelectionContext);

/** Keeps what is selected of a list. Who leaves the list, for instance by a filter, is not selected any more. */
export function useNewSelection(listed: User[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const users = listed.filter(({ user_id }) => ids.has(user_id));
  const isAll = listed.length > 0 && users.length === listed.length;
  const select = (selected: User[]) => {
    setIds(new Set(selected.map(({ user_id }) => user_id)));
  };
  return {
    users,
    isAll,
    has: ({ user_id }) => ids.has(user_id),
    toggle: (user) => {
      const others = users.filter(({ user_id }) => user_id !== user.user_id);
      select(others.length === users.length ? [...users, user] : others);
    },
    toggleAll: () => {
      select(isAll ? [] : listed);
    },
    clear: () => {
      select([]);
    },
  };
}
