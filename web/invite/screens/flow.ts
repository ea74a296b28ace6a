import type { Account } from "../invitation.ts";

/** Where a screen can lead. */
export interface Flow {
  create: () => void;
  logIn: () => void;
  joined: (account: Account, signedIn: boolean) => void;
  /** Takes over errors that end the form; answers whether it did. */
  leave: (error: unknown) => boolean;
}
