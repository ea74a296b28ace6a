import { Problem, Unreachable } from "#shared/problem.ts";
import type { Texts } from "./texts/index.ts";

type RefusalKey = Exclude<keyof Texts["refusal"], "reference" | "wait" | "newer" | "help"> | "unreachable";

interface Refusal {
  key: RefusalKey;
  icon: "clock" | "link" | "stop" | "done" | "cloud" | "mail";
  /** The button that is offered. */
  next?: "retry" | "sign-in" | "request-link";
  /** The invitation cannot be accepted whatever is entered: the refusal replaces the form. */
  final?: true;
}

const REFUSALS: Record<RefusalKey, Omit<Refusal, "key">> = {
  unreachable: { icon: "cloud", next: "retry" },
  invitation_not_found: { icon: "link", final: true },
  invitation_expired: { icon: "clock", next: "request-link", final: true },
  invitation_replaced: { icon: "mail", final: true },
  invitation_revoked: { icon: "stop", final: true },
  invitation_declined: { icon: "stop", final: true },
  invitation_accepted: { icon: "done", next: "sign-in", final: true },
  wrong_identity: { icon: "stop" },
  mailbox_not_proven: { icon: "mail", final: true },
  conflict: { icon: "cloud", next: "retry" },
  rate_limited: { icon: "clock", next: "retry" },
  unexpected: { icon: "cloud", next: "retry" },
};

function keyFor(error: unknown): RefusalKey {
  if (error instanceof Unreachable) return "unreachable";
  if (!(error instanceof Problem)) return "unexpected";
  if (error.errors.some(({ field }) => field === "token")) return "invitation_not_found";
  if (Object.keys(REFUSALS).includes(error.code)) return error.code as RefusalKey;
  return error.status === 429 ? "rate_limited" : "unexpected";
}

/** Maps an error to its text key, icon and next step. Anything unknown becomes `unexpected`. */
export function refusalFor(error: unknown): Refusal {
  const key = keyFor(error);
  return { key, ...REFUSALS[key] };
}
