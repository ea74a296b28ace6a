import type { Account } from "../invitation.ts";

/** Where a screen can lead. */
export interface Flow {
  create: () => void;
  logIn: () => void;
  decline: () => void;
  /** To the form that was left for `decline`, as it was. */
  back: () => void;
  joined: (account: Account, signedIn: boolean) => void;
  /** Takes over errors that end the form; answers whether it did. */
  leave: (error: unknown) => boolean;
}
