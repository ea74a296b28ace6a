import { keepInTab, keptInTab } from "../page/tab-storage.ts";

const KEY = "usher.accounts";

/** Remembers in this tab what was searched for among all accounts, for the way back to the list. */
export const rememberAccountsSearch = (search: string): void => {
  keepInTab(KEY, search);
};

/** Returns the parameters of the list as it was left. */
export function lastAccountsSearch(): { search?: string } {
  const search = keptInTab(KEY);
  return search ? { search } : {};
}
