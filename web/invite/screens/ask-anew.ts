import { Problem } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import { h } from "../dom.ts";
import { form } from "../form.ts";
import type { Invitation } from "../invitation.ts";
import { show } from "../page.ts";
import { refusalFor } from "../refusals.ts";
import { texts } from "../texts/index.ts";
import { message } from "./message.ts";

/** The button below an expired invitation that asks whoever invited for a new link. */
export function askAnewForm(invitation: Invitation, reopen: () => void): HTMLFormElement {
  const { submit, busy, title, text, againTitle, again } = texts.askAnew;
  return form({
    submit,
    busy,
    send: async () => {
      const { account } = await invitation.askAnew();
      show(message("mail", title, h("p", {}, fill(text, { account: account.name }))));
    },
    leave: (error) => {
      const { code } = error instanceof Problem ? error : { code: "" };
      if (code === "rate_limited") show(message("mail", againTitle, h("p", {}, again)));
      // Another link, or this one again, works by now, or this one is dead for another reason: looking at it tells which.
      else if (code === "wrong_state" || refusalFor(error).final) reopen();
      else return false;
      return true;
    },
  });
}
