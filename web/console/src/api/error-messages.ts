import type { UseQueryResult } from "@tanstack/react-query";
import { Problem, Unreachable } from "#shared/problem.ts";
import { formatRelative } from "../users/dates.ts";

const MESSAGES: Record<string, string> = {
  no_seat_available: "No seat is free. Deactivate or remove a user, or revoke an invitation, to free one.",
  already_invited: "This email address has already been invited. The invitation is in the list of users.",
  already_member: "This email address already belongs to an active user of this account.",
  user_inactive: "This email address belongs to an inactive user. Reactivate that user instead.",
  user_blocked: "This email address belongs to a blocked user of this account.",
  last_admin: "This is the last active administrator. Make someone else an administrator first.",
  cannot_act_on_self: "You cannot do this to yourself. Ask another administrator.",
  reassign_target_required: "This user still owns records. Hand them over to someone else first.",
  wrong_state: "This is no longer possible: the user’s status has changed. The page now shows the current status.",
  conflict: "Someone else changed this at the same time. Please try again.",
  not_allowed: "You don’t have permission to do this.",
  not_found: "This no longer exists, or you no longer have access to it.",
};

/** Returns the text for an error, as administrators read it. */
export function messageFor(error: unknown): string {
  if (error instanceof Unreachable) return "The service cannot be reached. Check your connection and try again.";
  if (!(error instanceof Problem)) return "Something went wrong. Please try again.";
  const message = MESSAGES[error.code];
  if (message) return message;
  if (error.status === 429) return rateLimitMessage(error);
  if (error.status < 500 && error.message) return error.message;
  return `Something went wrong on our side. Please try again.${error.requestId && ` Reference for support: ${error.requestId}`}`;
}

type Query = Pick<UseQueryResult, "error" | "isError" | "isLoadingError">;

/** Up to this wait, in seconds, the text counts seconds. */
const SHORT_WAIT = 120;

/** A short wait is given in seconds; for a long one the API's own message says why. */
function rateLimitMessage({ code, message, retryAfter }: Problem): string {
  if (code !== "rate_limited" || !retryAfter) {
    return `Too many requests. Please wait${retryAfter ? ` ${String(retryAfter)} seconds` : " a moment"}.`;
  }
  if (retryAfter <= SHORT_WAIT) {
    return `You just sent an invitation. You can resend it in ${String(retryAfter)} s.`;
  }
  return `${message} This is possible again ${formatRelative(new Date(Date.now() + 1000 * retryAfter).toISOString())}.`;
}

/** Returns true if an error replaces the content. After a failed refetch the old content stays, unless access was lost. */
export function hasFailed({ error, isError, isLoadingError }: Query): boolean {
  return isLoadingError || (isError && isLostAccess(error));
}

/** Returns true if retrying is pointless: 403 or 404. */
export function isLostAccess(error: unknown): boolean {
  return error instanceof Problem && (error.status === 403 || error.status === 404);
}
