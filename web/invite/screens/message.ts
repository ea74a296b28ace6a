import { type Child, h, icon } from "../dom.ts";
import { type Screen, heading, helpLink } from "../page.ts";
import { texts } from "../texts/index.ts";

/** Creates a screen with an icon, a title, text and the next steps. */
export function message(iconName: string, title: string, ...rest: Child[]): Screen {
  const badge = h("div", { class: `badge badge-${iconName}` }, icon(iconName));
  return { title, content: h("section", { class: "message" }, badge, heading(title), ...rest) };
}

/** Creates a line with the link to the help page. */
export function helpLine(): HTMLElement {
  return h("p", {}, helpLink(texts.refusal.help));
}
