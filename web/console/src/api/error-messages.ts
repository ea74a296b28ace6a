import type { UseQueryResult } from "@tanstack/react-query";
import { Problem, Unreachable } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import { plural, texts } from "../texts/index.ts";
import { formatRelative } from "../users/dates.ts";

const CODES = [
  "no_seat_available",
  "already_invited",
  "already_member",
  "user_inactive",
  "user_blocked",
  "not_a_certified_partner",
  "has_records",
  "last_admin",
  "cannot_act_on_self",
  "reassign_target_required",
  "admin_has_all_permissions",
  "wrong_state",
  "conflict",
  "not_allowed",
  "not_found",
  "invalid_request",
] as const;

/** Returns the text for the code of a refusal; undefined if there is none. */
export function messageOfCode(code: string): string | undefined {
  const known = CODES.find((name) => name === code);
  return known && texts.error[known];
}

/** Kinds of rate limits; each has texts that say when it is possible again. */
export type Limited = keyof typeof texts.error.limited;

/** Returns true for the refusal with this code. */
export const isRefusal = (error: unknown, code: string): error is Problem =>
  error instanceof Problem && error.code === code;

/**
 * Returns true for a refusal of the firewall, which counts the requests of a network. It has the code of our own limits;
 * only what has reached the API has a request id. A row of a dry run has neither an id nor a time to wait.
 */
export const isOfNetwork = (error: unknown): boolean =>
  isRefusal(error, "rate_limited") && !error.requestId && error.retryAfter > 0;

/** Returns the text for an error, in the person's language. `limited` says what was asked for too often. */
export function messageFor(error: unknown, limited?: Limited): string {
  if (error instanceof Unreachable) return texts.error.unreachable;
  if (!(error instanceof Problem)) return texts.error.unexpected;
  const known = messageOfCode(error.code);
  if (known) return known;
  if (isOfNetwork(error)) return texts.error.tooManyOfNetwork;
  if (error.status === 429) return rateLimitMessage(error, limited);
  const reference = error.requestId && ` ${fill(texts.error.reference, { id: error.requestId })}`;
  // A gateway's answer has no code.
  return `${error.status < 500 && error.code ? texts.error.unexpected : texts.error.server}${reference}`;
}

type Query = Pick<UseQueryResult, "error" | "isError" | "isLoadingError">;

/** Up to this wait, in seconds, the text counts seconds. */
const SHORT_WAIT = 120;

function rateLimitMessage({ code, retryAfter }: Problem, limited: Limited | undefined): string {
  const t = texts.error;
  // The dry run of an invitation does not say when it is possible again.
  if (!retryAfter) return code === "rate_limited" && limited === "mails" ? texts.many.rate_limited : t.tooMany;
  const isShort = retryAfter <= SHORT_WAIT;
  if (code !== "rate_limited" || (isShort && !limited)) return plural(t.tooManySeconds, retryAfter);
  if (isShort && limited) return fill(t.limited[limited].soon, { n: retryAfter });
  const when = formatRelative(new Date(Date.now() + 1000 * retryAfter).toISOString());
  return fill(limited ? t.limited[limited].later : t.tooManyToday, { when });
}

/** Returns true if an error replaces the content. After a failed refetch the old content stays, unless access was lost. */
export function hasFailed({ error, isError, isLoadingError }: Query): boolean {
  return isLoadingError || (isError && isLostAccess(error));
}

/** Returns true if the API has refused, and would refuse the same again; a conflict is over by then. */
export const isRefused = (error: unknown): boolean =>
  error instanceof Problem && error.status < 500 && error.code !== "conflict";

/** Returns true if retrying is pointless: 403 or 404. */
export function isLostAccess(error: unknown): boolean {
  return error instanceof Problem && (error.status === 403 || error.status === 404);
}
