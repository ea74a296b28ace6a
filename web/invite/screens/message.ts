import { type Child, h, icon } from "../dom.ts";
import { type Screen, heading } from "../page.ts";

/** A screen that tells one thing: a sign, a title, sentences, and what can be done next. */
export function message(sign: string, title: string, ...rest: Child[]): Screen {
  const badge = h("div", { class: `badge badge-${sign}` }, icon(sign));
  return { title, content: h("section", { class: "message" }, badge, heading(title), ...rest) };
}
