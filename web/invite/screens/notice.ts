import { Problem } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import { h } from "../dom.ts";
import { refusalFor } from "../refusals.ts";
import { opening, texts } from "../texts/index.ts";

/** Title and sentences of a refusal. */
export function wordsOf(error: unknown): { title: string; lines: HTMLElement[] } {
  const { words } = refusalFor(error);
  const { title, text } = words === "unreachable" ? opening().unreachable : texts.refusal[words];
  const lines = [h("p", {}, text)];
  if (error instanceof Problem) {
    if (error.retryAfter) lines.push(h("p", {}, fill(texts.refusal.wait, { seconds: error.retryAfter })));
    if (error.status >= 500 && error.requestId)
      lines.push(h("p", { class: "reference" }, fill(texts.refusal.reference, { id: error.requestId })));
  }
  return { title, lines };
}

/** A refusal told inside a form that stays. */
export function notice(error: unknown): HTMLElement[] {
  const { title, lines } = wordsOf(error);
  return [h("p", { class: "alert-title" }, title), ...lines];
}
