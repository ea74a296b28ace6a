import { useSyncExternalStore } from "react";
import { type SessionChannel, openChannel } from "#shared/channel.ts";
import { SignInError, canonicalEmail, refresh, revoke, signIn as signInWithCognito } from "#shared/cognito.ts";
import { type Session, readSession, sessionFrom, writeSession } from "#shared/session.ts";

type Ending = "expired" | "signed-out";

interface State {
  session: Session | null;
  /** Why the last session ended. */
  ending?: Ending;
}

/** An access token is renewed when less than this is left of its lifetime. */
const RENEWAL_MARGIN_MS = 60_000;

/** Why a session is not renewed, now or later: its token is no longer valid, or the person is blocked. */
const ENDS_SESSION = new Set(["wrong_password", "not_possible"]);

let state: State = { session: readSession() };
let renewal: Promise<Session> | undefined;
let channel: SessionChannel | undefined;
const listeners = new Set<() => void>();

function setState(next: State): void {
  state = next;
  writeSession(next.session);
  for (const listener of listeners) listener();
}

/** Connects this tab with the others of the browser: takes over their session if it has none, and ends with them. */
export async function connectTabs(): Promise<void> {
  channel = openChannel({
    session: () => state.session,
    onReplace: (refreshToken, session) => {
      if (state.session?.refresh_token === refreshToken) setState({ session });
    },
    onSignOut: (refreshToken) => {
      if (state.session?.refresh_token === refreshToken) setState({ session: null, ending: "signed-out" });
    },
  });
  if (hasSession()) return;
  const session = await channel?.ask();
  // Another sign-in may have finished meanwhile.
  if (session && !hasSession()) setState({ session });
}

const hasSession = (): boolean => state.session !== null;

export function useSession(): State {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

/** Takes over the new session after a change of password, in every tab that shares the old one. */
export function renewSession(tokens: Parameters<typeof sessionFrom>[0]): void {
  const { session } = state;
  if (!session) return;
  const renewed = { ...session, ...sessionFrom(tokens) };
  channel?.replace(session.refresh_token, renewed);
  setState({ session: renewed });
}

export async function signIn(email: string, password: string): Promise<void> {
  setState({ session: await signInWithCognito(canonicalEmail(email), password) });
}

/** Hides the profile step for the rest of this session. */
export const skipProfile = (): void => {
  updateSession({ profile_skipped: true });
};

/** Adds to the session what is remembered with it. */
export function updateSession(changes: Pick<Session, "profile_skipped" | "locale">): void {
  if (state.session) setState({ session: { ...state.session, ...changes } });
}

export function endSession(ending: Ending): void {
  if (state.session) setState({ session: null, ending });
}

/** Ends the session as expired whose access token was refused. One that has begun or was renewed since goes on. */
export function expireSession(refused: string): void {
  if (state.session?.access_token === refused) endSession("expired");
}

/** Signs out in every tab of this browser. */
export function signOut(): void {
  const { session } = state;
  if (!session) return;
  // The local session ends even if Cognito cannot be reached.
  revoke(session).catch(() => undefined);
  channel?.signOut(session.refresh_token);
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
    if (state.session?.refresh_token === session.refresh_token) setState({ session: { ...state.session, ...renewed } });
    return renewed.access_token;
  } catch (error) {
    if (error instanceof SignInError && ENDS_SESSION.has(error.reason)) expireSession(session.access_token);
    throw error;
  }
}
