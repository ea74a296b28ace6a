/** Keeps a text in this tab, also over a reload; "" removes it. */
export function keepInTab(key: string, text: string): void {
  try {
    if (text) sessionStorage.setItem(key, text);
    else sessionStorage.removeItem(key);
  } catch {
    // The browser blocks storage, or it is full: a reload begins with nothing.
  }
}

/** What the keys of kept invitations begin with. */
export const INVITE_DRAFTS = "usher.invite.";

/** Removes every text whose key begins with this. */
export function forgetInTab(start: string): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(start)) sessionStorage.removeItem(key);
  } catch {
    // The browser blocks storage: nothing is kept.
  }
}

export function keptInTab(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}
