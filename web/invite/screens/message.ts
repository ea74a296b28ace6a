import { type Child, h, icon } from "../dom.ts";
import { type Screen, heading } from "../page.ts";

/** Creates a screen with an icon, a title, text and the next steps. */
export function message(iconName: string, title: string, ...rest: Child[]): Screen {
  const badge = h("div", { class: `badge badge-${iconName}` }, icon(iconName));
  return { title, content: h("section", { class: "message" }, badge, heading(title), ...rest) };
}
