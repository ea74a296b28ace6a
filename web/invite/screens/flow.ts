import type { Account } from "../invitation.ts";

/** Navigation between screens. */
export interface Flow {
  create: () => void;
  signIn: () => void;
  decline: () => void;
  /** Returns from `decline` to the form, which has kept its values. */
  back: () => void;
  joined: (account: Account, signedIn: boolean, continueUrl: string | null) => void;
  /** Shows another screen for an error that no input can fix. Returns false for any other error. */
  handleTerminalError: (error: unknown) => boolean;
}
