import type { UseQueryResult } from "@tanstack/react-query";
import { Problem, Unreachable } from "#shared/problem.ts";
import { fromNow } from "../users/moments.ts";

const WORDS: Record<string, string> = {
  no_seat_available:
    "Every seat of this account is taken. Buy a seat, ask for a complimentary one, or deactivate a user first.",
  already_invited: "This address has already been invited. The invitation is in the list of users.",
  already_member: "This address already belongs to an active user of this account.",
  user_inactive: "This address belongs to an inactive user. Reactivate that user instead of sending an invitation.",
  user_blocked: "This address belongs to a blocked user of this account.",
  last_admin: "This is the last active administrator. Make somebody else an administrator first.",
  cannot_act_on_self: "You cannot do this to yourself. Ask another administrator.",
  reassign_target_required: "This user still owns records. They must be handed over to somebody else first.",
  wrong_state: "This is no longer possible: the user's status has changed. What you see has been brought up to date.",
  conflict: "Somebody else changed this at the same moment. Please try again.",
  not_allowed: "You do not have the permission to do this.",
  not_found: "This no longer exists, or you have lost access to it.",
};

/** A refusal in words for an administrator. */
export function wordsFor(error: unknown): string {
  if (error instanceof Unreachable) return "The service cannot be reached. Check your connection and try again.";
  if (!(error instanceof Problem)) return "Something went wrong. Please try again.";
  const words = WORDS[error.code];
  if (words) return words;
  if (error.status === 429) return wordsForTooMany(error);
  if (error.status < 500 && error.message) return error.message;
  return `Something went wrong on our side. Please try again.${error.requestId && ` Reference for support: ${error.requestId}`}`;
}

type Query = Pick<UseQueryResult, "error" | "isError" | "isLoadingError">;

const A_MOMENT = 120;

/** A short wait is told in seconds; a long one has a reason of its own, which the API gives. */
function wordsForTooMany({ code, message, retryAfter }: Problem): string {
  if (code !== "rate_limited" || !retryAfter) {
    return `Too many requests. Please wait${retryAfter ? ` ${String(retryAfter)} seconds` : " a moment"}.`;
  }
  if (retryAfter <= A_MOMENT) {
    return `A mail has only just gone out. Please wait ${String(retryAfter)} seconds before the next one.`;
  }
  return `${message} This is possible again ${fromNow(new Date(Date.now() + 1000 * retryAfter).toISOString())}.`;
}

/** Whether a failure is to be told in place of what was read before: that stays if only the reading anew has failed. */
export function hasFailed({ error, isError, isLoadingError }: Query): boolean {
  return isLoadingError || (isError && isLostAccess(error));
}

/** Whether trying again is pointless because this person may not, or no longer, see it. */
export function isLostAccess(error: unknown): boolean {
  return error instanceof Problem && (error.status === 403 || error.status === 404);
}
