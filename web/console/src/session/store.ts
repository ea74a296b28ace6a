import { useSyncExternalStore } from "react";
import { SignInRefused, canonical, refresh, revoke, signIn as askCognito } from "#shared/cognito.ts";
import { type Session, readSession, writeSession } from "#shared/session.ts";

type Ending = "expired" | "signed-out";

interface State {
  session: Session | null;
  /** Why the last session is over. */
  ending?: Ending;
}

/** An access token is renewed when it has less than this left. */
const MARGIN_MS = 60_000;

let state: State = { session: readSession() };
let renewal: Promise<Session> | undefined;
const listeners = new Set<() => void>();

function change(next: State): void {
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
  change({ session: await askCognito(canonical(email), password) });
}

/** It is asked for again at the next sign-in. */
export function skipProfile(): void {
  if (state.session) change({ session: { ...state.session, profile_skipped: true } });
}

export function endSession(ending: Ending): void {
  if (state.session) change({ session: null, ending });
}

export function signOut(): void {
  // The session ends here whatever Cognito answers.
  if (state.session) revoke(state.session).catch(() => undefined);
  endSession("signed-out");
}

/** A token with some life left; several callers share one renewal. */
export async function accessToken(): Promise<string> {
  const { session } = state;
  if (!session) throw new SignInRefused("NoSession");
  if (session.expires_at - Date.now() > MARGIN_MS) return session.access_token;
  renewal ??= refresh(session).finally(() => {
    renewal = undefined;
  });
  try {
    const renewed = await renewal;
    if (state.session === session) change({ session: { ...session, ...renewed } });
    return renewed.access_token;
  } catch (error) {
    if (error instanceof SignInRefused && error.reason === "wrong_password") endSession("expired");
    throw error;
  }
}
