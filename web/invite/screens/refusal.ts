import { h } from "../dom.ts";
import { button } from "../fields.ts";
import type { Invitation } from "../invitation.ts";
import type { Screen } from "../page.ts";
import { refusalFor } from "../refusals.ts";
import { opening, texts } from "../texts/index.ts";
import { askAnewForm } from "./ask-anew.ts";
import { message } from "./message.ts";
import { wordsOf } from "./notice.ts";

/** A refusal told in place of everything else; `reopen` looks at the link once more. */
export function refusalScreen(error: unknown, invitation: Invitation, reopen: () => void): Screen {
  const { icon, next } = refusalFor(error);
  const { title, lines } = wordsOf(error);
  return message(
    icon,
    title,
    ...lines,
    next === "retry" && button("button", opening().retry, reopen),
    next === "sign-in" && h("a", { class: "button", href: "/console/" }, texts.joined.signIn),
    next === "ask-anew" && askAnewForm(invitation, reopen),
  );
}
