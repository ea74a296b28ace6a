import { h } from "../dom.ts";
import { button } from "../fields.ts";
import type { Invitation } from "../invitation.ts";
import type { Screen } from "../page.ts";
import { refusalFor } from "../refusals.ts";
import { startupTexts, texts } from "../texts/index.ts";
import { requestLinkForm } from "./request-link.ts";
import { message } from "./message.ts";
import { errorTexts } from "./error-message.ts";

/** Full-page refusal; `reopen` loads the invitation again. */
export function refusalScreen(error: unknown, invitation: Invitation, reopen: () => void): Screen {
  const { icon, next } = refusalFor(error);
  const { title, lines } = errorTexts(error);
  return message(
    icon,
    title,
    ...lines,
    next === "retry" && button("button", startupTexts().retry, reopen),
    next === "sign-in" && h("a", { class: "button", href: "/console/" }, texts.joined.signIn),
    next === "request-link" && requestLinkForm(invitation, reopen),
  );
}
