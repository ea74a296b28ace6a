import { keepInTab, keptInTab } from "../page/tab-storage.ts";

const keyOf = (accountId: string) => `usher.users.${accountId}`;

/** Remembers the parameters of the list in this tab, for the way back to it. */
export function rememberUsersSearch(accountId: string, search: string): void {
  keepInTab(keyOf(accountId), search);
}

export const lastUsersSearch = (accountId: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(keptInTab(keyOf(accountId))));
