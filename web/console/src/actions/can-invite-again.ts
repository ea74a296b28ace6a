import type { User } from "../api/types.ts";
import type { Caller } from "./types.ts";

/** Users who declined, were removed or had their invitation revoked come back with a new invitation only. */
export function canInviteAgain({ status, email }: User, { may }: Caller): boolean {
  return (status === "declined" || status === "removed") && email !== "" && may("users.invite");
}

/** An address that cannot be written to is replaced: its invitation is revoked, and another one sent. */
export function canCorrectAddress({ status, invitation, allowed_actions }: User, { may }: Caller): boolean {
  const isPending = status === "invited" || status === "expired";
  const isUndelivered = invitation?.delivery === "bounced" || invitation?.delivery === "failed";
  return isPending && isUndelivered && allowed_actions.includes("revoke") && may("users.invite");
}
