import { useSyncExternalStore } from "react";
import { SignInError, canonicalEmail, refresh, revoke, signIn as signInWithCognito } from "#shared/cognito.ts";
import { type Session, readSession, writeSession } from "#shared/session.ts";

type Ending = "expired" | "signed-out";

interface State {
  session: Session | null;
  /** Why the last session ended. */
  ending?: Ending;
}

/** An access token is renewed when less than this is left of its lifetime. */
const RENEWAL_MARGIN_MS = 60_000;

let state: State = { session: readSession() };
let renewal: Promise<Session> | undefined;
const listeners = new Set<() => void>();

function setState(next: State): void {
  state = next;
  writeSession(next.session);
  for (const listener of listeners) listener();
}

export function useSession(): State {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

export async function signIn(email: string, password: string): Promise<void> {
  setState({ session: await signInWithCognito(canonicalEmail(email), password) });
}

/** Hides the profile step for the rest of this session. */
export function skipProfile(): void {
  if (state.session) setState({ session: { ...state.session, profile_skipped: true } });
}

export function endSession(ending: Ending): void {
  if (state.session) setState({ session: null, ending });
}

export function signOut(): void {
  // The local session ends even if Cognito cannot be reached.
  if (state.session) revoke(state.session).catch(() => undefined);
  endSession("signed-out");
}

/** Returns a valid access token. Concurrent callers share one renewal. Throws `SignInError` if there is no session. */
export async function accessToken(): Promise<string> {
  const { session } = state;
  if (!session) throw new SignInError("NoSession");
  if (session.expires_at - Date.now() > RENEWAL_MARGIN_MS) return session.access_token;
  renewal ??= refresh(session).finally(() => {
    renewal = undefined;
  });
  try {
    const renewed = await renewal;
    if (state.session === session) setState({ session: { ...session, ...renewed } });
    return renewed.access_token;
  } catch (error) {
    if (error instanceof SignInError && error.reason === "wrong_password") endSession("expired");
    throw error;
  }
}
