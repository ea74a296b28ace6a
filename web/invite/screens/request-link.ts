import { Problem } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import { h } from "../dom.ts";
import { form } from "../form.ts";
import type { Invitation } from "../invitation.ts";
import { show } from "../page.ts";
import { refusalFor } from "../refusals.ts";
import { texts } from "../texts/index.ts";
import { helpLine, message } from "./message.ts";

/** Button below an expired invitation that asks the inviter for a new link. */
export function requestLinkForm(invitation: Invitation, reopen: () => void): HTMLFormElement {
  const t = texts.requestNewLink;
  return form({
    submit: t.submit,
    busy: t.busy,
    send: async () => {
      const { account } = await invitation.requestNewLink();
      show(() => {
        const { title, text } = texts.requestNewLink;
        return message("mail", title, h("p", {}, fill(text, { account: account.name })), helpLine());
      });
    },
    handleTerminalError: (error) => {
      const { code } = error instanceof Problem ? error : { code: "" };
      if (code === "rate_limited")
        show(() => {
          const { againTitle, again } = texts.requestNewLink;
          return message("mail", againTitle, h("p", {}, again), helpLine());
        });
      // The invitation has changed since it was loaded, for instance because it was sent again: load it again.
      else if (code === "wrong_state" || refusalFor(error).final) reopen();
      else return false;
      return true;
    },
  });
}
