import { createContext, use } from "react";
import type { Account, Me, User } from "../api/types.ts";

/** Data that all pages of an account share. */
export interface AccountContextValue {
  account: Account;
  accountId: string;
  me: Me;
  isAdmin: boolean;
  /** A partner takes no seat, and may leave. */
  kind: User["kind"];
  may: (permission: string) => boolean;
}

export const AccountContext = createContext<AccountContextValue | null>(null);

/** Returns the account of the URL. Throws outside of it. */
export function useAccountContext(): AccountContextValue {
  const value = use(AccountContext);
  if (!value) throw new Error("There is no account around this page.");
  return value;
}
