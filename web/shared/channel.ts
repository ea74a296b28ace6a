import type { Session } from "./session.ts";

const NAME = "usher.session";

/** The other tabs answer within a few milliseconds; this is how long the first page waits if there are none. */
const PATIENCE_MS = 150;

type Message =
  | { type: "ask" }
  | { type: "session"; session: Session }
  | { type: "replace"; refreshToken: string; session: Session }
  | { type: "sign-out"; refreshToken: string };

export interface SessionChannel {
  /** Returns the session of another tab, or null. */
  ask: () => Promise<Session | null>;
  /** Gives the tabs with this session another one. */
  replace: (refreshToken: string, session: Session) => void;
  signOut: (refreshToken: string) => void;
}

interface Options {
  session: () => Session | null;
  onReplace: (refreshToken: string, session: Session) => void;
  onSignOut: (refreshToken: string) => void;
}

/**
 * Opens the channel between the tabs of one browser. Tokens stay in `sessionStorage`, which ends with the tab, and are
 * handed to new tabs on request. Returns undefined if the browser has no channels.
 */
export function openChannel({ session, onReplace, onSignOut }: Options): SessionChannel | undefined {
  if (typeof BroadcastChannel === "undefined") return undefined;
  const channel = new BroadcastChannel(NAME); // eslint-disable-line compat/compat
  let receive: ((session: Session) => void) | undefined;
  const send = (message: Message) => {
    channel.postMessage(message);
  };
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    const own = session();
    if (data.type === "ask" && own) send({ type: "session", session: own });
    if (data.type === "session") receive?.(data.session);
    if (data.type === "replace") onReplace(data.refreshToken, data.session);
    if (data.type === "sign-out") onSignOut(data.refreshToken);
  };
  return {
    ask: () =>
      new Promise((resolve) => {
        receive = resolve;
        send({ type: "ask" });
        setTimeout(() => {
          receive = undefined;
          resolve(null);
        }, PATIENCE_MS);
      }),
    replace: (refreshToken, replacing) => {
      send({ type: "replace", refreshToken, session: replacing });
    },
    signOut: (refreshToken) => {
      send({ type: "sign-out", refreshToken });
    },
  };
}
