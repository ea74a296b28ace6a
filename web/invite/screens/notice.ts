import { Problem } from "#shared/problem.ts";
import { h, icon } from "../dom.ts";
import { type Screen, heading } from "../page.ts";
import { refusalFor } from "../refusals.ts";
import { texts } from "../texts/index.ts";

/** The sentences below a refusal's title. */
function explanation(error: unknown): HTMLElement[] {
  const lines = [h("p", {}, texts.refusal[refusalFor(error).words].text)];
  if (!(error instanceof Problem)) return lines;
  if (error.retryAfter) lines.push(h("p", {}, texts.refusal.wait(error.retryAfter)));
  if (error.status >= 500 && error.requestId)
    lines.push(h("p", { class: "reference" }, texts.refusal.reference(error.requestId)));
  return lines;
}

/** A refusal told inside a form that stays. */
export function notice(error: unknown): HTMLElement[] {
  return [h("p", { class: "alert-title" }, texts.refusal[refusalFor(error).words].title), ...explanation(error)];
}

/** A refusal told in place of everything else. */
export function refusalScreen(error: unknown, retry: () => void): Screen {
  const refusal = refusalFor(error);
  const { title } = texts.refusal[refusal.words];
  const content = h(
    "section",
    { class: "message" },
    h("div", { class: `badge badge-${refusal.icon}` }, icon(refusal.icon)),
    heading(title),
    ...explanation(error),
    refusal.next === "retry" && h("button", { type: "button", class: "button", onclick: retry }, texts.refusal.retry),
    refusal.next === "sign-in" && h("a", { class: "button", href: "/console/" }, texts.refusal.signIn),
  );
  return { title, content };
}
