import { fill } from "#shared/texts.ts";
import { h } from "../dom.ts";
import { button } from "../fields.ts";
import { form } from "../form.ts";
import type { Invitation, Preview } from "../invitation.ts";
import { type Screen, show } from "../page.ts";
import { texts } from "../texts/index.ts";
import type { Flow } from "./flow.ts";
import { message } from "./message.ts";

/** Creates the link to `declineScreen` below a form. */
export function declineLink(flow: Flow): HTMLElement {
  return h("p", { class: "decline" }, button("link", texts.decline.open, flow.decline));
}

/** Confirmation screen that explains what declining means. */
export function declineScreen(preview: Preview, invitation: Invitation, flow: Flow): Screen {
  const { title, text, submit, busy, back } = texts.decline;
  const names = { inviter: preview.inviter, account: preview.account.name };
  return message(
    "stop",
    title,
    h("p", {}, fill(text, names)),
    form({
      submit,
      busy,
      kind: "button danger",
      send: async () => {
        await invitation.decline();
        show(() => message("stop", texts.decline.doneTitle, h("p", {}, fill(texts.decline.done, names))));
      },
      handleTerminalError: flow.handleTerminalError,
    }),
    button("button quiet", back, flow.back),
  );
}
