/** What the keys of everything that this site keeps begin with. */
const OURS = "usher.";

/** Texts that the browser does not store, since storage is blocked or full; a reload loses them. */
const unstored = new Map<string, string>();

/** Keeps a text in this tab, also over a reload; "" removes it. */
export function keepInTab(key: string, text: string): void {
  unstored.delete(key);
  try {
    if (text) sessionStorage.setItem(key, text);
    else sessionStorage.removeItem(key);
  } catch {
    unstored.set(key, text);
  }
}

export function keptInTab(key: string): string {
  try {
    return unstored.get(key) ?? sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

/** Removes every text that is kept in this tab. */
export function forgetTab(): void {
  unstored.clear();
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(OURS)) sessionStorage.removeItem(key);
  } catch {
    // The browser blocks storage: nothing is kept.
  }
}
