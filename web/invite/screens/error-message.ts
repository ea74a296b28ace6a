import { Problem } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import { formatMoment } from "../dates.ts";
import { h } from "../dom.ts";
import { refusalFor } from "../refusals.ts";
import { startupTexts, texts } from "../texts/index.ts";

/** Returns title and paragraphs for an error. */
export function errorTexts(error: unknown): { title: string; lines: HTMLElement[] } {
  const { key } = refusalFor(error);
  const { title, text } = key === "unreachable" ? startupTexts().unreachable : texts.refusal[key];
  const lines = [h("p", {}, text)];
  if (error instanceof Problem) {
    if (error.sentAt && key === "invitation_replaced")
      lines.push(h("p", {}, fill(texts.refusal.newer, { when: formatMoment(error.sentAt) })));
    if (error.retryAfter) lines.push(h("p", {}, fill(texts.refusal.wait, { seconds: error.retryAfter })));
    if (error.status >= 500 && error.requestId)
      lines.push(h("p", { class: "reference" }, fill(texts.refusal.reference, { id: error.requestId })));
  }
  return { title, lines };
}

/** Returns the content of an error box inside a form. */
export function errorMessage(error: unknown): HTMLElement[] {
  const { title, lines } = errorTexts(error);
  return [h("p", { class: "alert-title" }, title), ...lines];
}
