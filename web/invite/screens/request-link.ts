import { Problem } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import { h } from "../dom.ts";
import { form } from "../form.ts";
import type { Invitation } from "../invitation.ts";
import { show } from "../page.ts";
import { refusalFor } from "../refusals.ts";
import { texts } from "../texts/index.ts";
import { message } from "./message.ts";

/** Button below an expired invitation that asks the inviter for a new link. */
export function requestLinkForm(invitation: Invitation, reopen: () => void): HTMLFormElement {
  const { submit, busy, title, text, againTitle, again } = texts.requestNewLink;
  return form({
    submit,
    busy,
    send: async () => {
      const { account } = await invitation.requestNewLink();
      show(message("mail", title, h("p", {}, fill(text, { account: account.name }))));
    },
    handleTerminalError: (error) => {
      const { code } = error instanceof Problem ? error : { code: "" };
      if (code === "rate_limited") show(message("mail", againTitle, h("p", {}, again)));
      // The invitation has changed since it was loaded, for instance because it was sent again: load it again.
      else if (code === "wrong_state" || refusalFor(error).final) reopen();
      else return false;
      return true;
    },
  });
}
