import { Problem, Unreachable } from "#shared/problem.ts";

const WORDS: Record<string, string> = {
  no_seat_available:
    "Every seat of this account is taken. Buy a seat, ask for a complimentary one, or deactivate a user first.",
  already_invited: "This address has already been invited. The invitation is in the list of users.",
  already_member: "This address already belongs to an active user of this account.",
  user_inactive: "This address belongs to an inactive user. Reactivate that user instead of sending an invitation.",
  user_blocked: "This address belongs to a blocked user of this account.",
  last_admin: "This is the last active administrator. Make somebody else an administrator first.",
  cannot_act_on_self: "You cannot deactivate yourself. Ask another administrator.",
  reassign_target_required: "This user still owns records. They must be handed over to somebody else first.",
  wrong_state: "This is no longer possible: the user's status has changed. The list has been brought up to date.",
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
  if (error.status === 429)
    return `Too many requests. Please wait${error.retryAfter ? ` ${String(error.retryAfter)} seconds` : " a moment"}.`;
  if (error.status < 500 && error.message) return error.message;
  return `Something went wrong on our side. Please try again.${error.requestId && ` Reference for support: ${error.requestId}`}`;
}

/** Whether trying again is pointless because this person may not, or no longer, see it. */
export function isLostAccess(error: unknown): boolean {
  return error instanceof Problem && (error.status === 403 || error.status === 404);
}
