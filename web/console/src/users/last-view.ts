const inMemory = new Map<string, string>();
const keyOf = (accountId: string) => `usher.users.${accountId}`;

/** Remembers the parameters of the list in this tab, for the way back to it. */
export function rememberUsersSearch(accountId: string, search: string): void {
  inMemory.set(accountId, search);
  try {
    sessionStorage.setItem(keyOf(accountId), search);
  } catch {
    // The browser blocks storage: it is in memory.
  }
}

export function lastUsersSearch(accountId: string): Record<string, string> {
  let search = inMemory.get(accountId);
  try {
    search ??= sessionStorage.getItem(keyOf(accountId)) ?? "";
  } catch {
    search ??= "";
  }
  return Object.fromEntries(new URLSearchParams(search));
}
