import { Problem, Unreachable } from "#shared/problem.ts";
import type { Texts } from "./texts/index.ts";

type Words = Exclude<keyof Texts["refusal"], "reference" | "wait"> | "unreachable";

interface Refusal {
  words: Words;
  icon: "clock" | "link" | "stop" | "done" | "cloud" | "mail";
  /** What the person can do next on this page. */
  next?: "retry" | "sign-in" | "ask-anew";
  /** Nothing that is typed into a form can help: the page says so instead of the form. */
  final?: true;
}

const REFUSALS: Record<Words, Omit<Refusal, "words">> = {
  unreachable: { icon: "cloud", next: "retry" },
  invitation_not_found: { icon: "link", final: true },
  invitation_expired: { icon: "clock", next: "ask-anew", final: true },
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

function wordsFor(error: unknown): Words {
  if (error instanceof Unreachable) return "unreachable";
  if (!(error instanceof Problem)) return "unexpected";
  if (error.errors.some(({ field }) => field === "token")) return "invitation_not_found";
  if (Object.hasOwn(REFUSALS, error.code)) return error.code as Words;
  return error.status === 429 ? "rate_limited" : "unexpected";
}

export function refusalFor(error: unknown): Refusal {
  const words = wordsFor(error);
  return { words, ...REFUSALS[words] };
}
