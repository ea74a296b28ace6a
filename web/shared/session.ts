import type { components } from "./schema";
import type { Locale } from "./texts.ts";

type Tokens = components["schemas"]["SessionView"];

/** The signed-in session, shared by the invite page and the console. `expires_at` is in milliseconds since 1970. */
export interface Session extends Omit<Tokens, "expires_in"> {
  expires_at: number;
  /** The profile step was skipped in this session. */
  profile_skipped?: true;
  /** The person's language, so that the next page starts in it. */
  locale?: Locale;
}

const SESSION = "usher.session";

export function sessionFrom({ expires_in, ...tokens }: Tokens): Session {
  return { ...tokens, expires_at: Date.now() + expires_in * 1000 };
}

/** What `writeSession` could not store: a browser may refuse storage, or have no room. Lives as long as the page. */
let unstored: Session | undefined;

export function readSession(): Session | null {
  if (unstored) return unstored;
  try {
    return JSON.parse(sessionStorage.getItem(SESSION) ?? "null") as Session | null;
  } catch {
    return null;
  }
}

/** Keeps the session, or ends it. Returns false if the browser does not store it, so that it ends with this page. */
export function writeSession(session: Session | null): boolean {
  unstored = undefined;
  try {
    if (session) sessionStorage.setItem(SESSION, JSON.stringify(session));
    else sessionStorage.removeItem(SESSION);
    return true;
  } catch {
    if (session) unstored = session;
    return false;
  }
}

const PROBE = "usher.probe";

/** Returns true if the browser keeps nothing for this site: a session then ends with the page. */
export function isStorageBlocked(): boolean {
  try {
    sessionStorage.setItem(PROBE, "");
    sessionStorage.removeItem(PROBE);
    return false;
  } catch {
    return true;
  }
}
