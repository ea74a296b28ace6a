import { type SessionChannel, openChannel } from "#shared/channel.ts";
import { canonicalEmail, refresh, revoke } from "#shared/cognito.ts";
import { type Session, readSession, writeSession } from "#shared/session.ts";

/** A token is renewed when less than this is left of its lifetime. */
const RENEWAL_MARGIN_MS = 60_000;

let channel: SessionChannel | undefined;

/** Takes over the session of the browser's other tabs if this one has none: a mail's link opens in a tab of its own. */
export async function takeOverSession(): Promise<void> {
  channel ??= openChannel({ session: readSession, onReplace: replaceHeld, onSignOut: endHeld });
  if (readSession()) return;
  const session = await channel?.ask();
  if (session && !readSession()) writeSession(session);
}

function replaceHeld(refreshToken: string, session: Session): void {
  if (isHeld(refreshToken)) writeSession(session);
}

function endHeld(refreshToken: string): void {
  if (isHeld(refreshToken)) writeSession(null);
}

const isHeld = (refreshToken: string): boolean => readSession()?.refresh_token === refreshToken;

/** Returns the address of the person who is signed in in this browser; undefined if nobody is. */
export function signedInAddress(): string | undefined {
  const session = readSession();
  return session ? usernameOf(session) : undefined;
}

/** Whether an address is that of the person who is signed in. */
export function isSignedInAs(address: string): boolean {
  return signedInAddress() === canonicalEmail(address);
}

/** Returns the session with a valid access token. Throws `SignInError` if there is none, or if it has ended. */
export async function currentSession(): Promise<Session | null> {
  const session = readSession();
  if (!session || session.expires_at - Date.now() > RENEWAL_MARGIN_MS) return session;
  const renewed = { ...session, ...(await refresh(session)) };
  writeSession(renewed);
  return renewed;
}

/**
 * Stores a new session and revokes the one that it replaces, which ends in every tab. Returns false if the browser stores
 * none.
 */
export function replaceSession(next: Session | null): boolean {
  const previous = readSession();
  const isStored = writeSession(next);
  if (previous && previous.refresh_token !== next?.refresh_token) {
    revoke(previous).catch(() => undefined);
    channel?.signOut(previous.refresh_token);
  }
  return isStored;
}

/** The username of an access token is the canonical address. */
function usernameOf({ access_token }: Session): string | undefined {
  try {
    const payload = (access_token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    return (JSON.parse(new TextDecoder().decode(bytes)) as { username?: string }).username;
  } catch {
    return undefined;
  }
}
