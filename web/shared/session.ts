import type { components } from "./schema";

type Tokens = components["schemas"]["SessionView"];

/** The signed-in session, shared by the invite page and the console. `expires_at` is in milliseconds since 1970. */
export interface Session extends Omit<Tokens, "expires_in"> {
  expires_at: number;
  /** Entered when joining; prefills the profile. */
  phone?: components["schemas"]["Phone"] | null;
  /** The profile step was skipped in this session. */
  profile_skipped?: true;
}

const SESSION = "usher.session";

export function sessionFrom({ expires_in, ...tokens }: Tokens): Session {
  return { ...tokens, expires_at: Date.now() + expires_in * 1000 };
}

export function readSession(): Session | null {
  try {
    return JSON.parse(sessionStorage.getItem(SESSION) ?? "null") as Session | null;
  } catch {
    return null;
  }
}

export function writeSession(session: Session | null): void {
  if (session) sessionStorage.setItem(SESSION, JSON.stringify(session));
  else sessionStorage.removeItem(SESSION);
}
