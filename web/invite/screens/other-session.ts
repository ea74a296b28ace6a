import { fill } from "#shared/texts.ts";
import { h } from "../dom.ts";
import { button } from "../fields.ts";
import type { Screen } from "../page.ts";
import { texts } from "../texts/index.ts";
import { message } from "./message.ts";

/** Names the person who is signed in, and asks before their session is replaced (rule 14). */
export function otherSessionScreen(current: string, invited: string, proceed: () => void): Screen {
  const t = texts.otherSession;
  const names = { current, invited };
  return message(
    "info",
    t.title,
    h("p", {}, fill(t.text, names)),
    button("button", fill(t.go, names), proceed),
    h("a", { class: "button quiet", href: "/console/" }, fill(t.stay, names)),
  );
}
