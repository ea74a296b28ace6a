import { fill } from "#shared/texts.ts";
import { h } from "../dom.ts";
import type { Account } from "../invitation.ts";
import type { Screen } from "../page.ts";
import { texts } from "../texts/index.ts";
import { message } from "./message.ts";

/** `continueUrl` leads into the host product, which has a sign-in of its own; null leads to the console. */
export function joinedScreen(account: Account, email: string, signedIn: boolean, continueUrl: string | null): Screen {
  const t = texts.joined;
  const facts = [
    [t.account, account.name],
    [t.appId, account.account_id],
    [t.address, email],
  ] as const;
  const values = { account: account.name };
  return message(
    "done",
    t.title,
    h("p", {}, fill(signedIn ? t.lead : t.leadSignIn, values)),
    h("dl", {}, ...facts.map(([term, fact]) => h("div", {}, h("dt", {}, term), h("dd", {}, fact)))),
    h(
      "a",
      { class: "button", href: continueUrl ?? `/console/${account.account_id}/users` },
      signedIn || continueUrl ? fill(t.go, values) : t.signIn,
    ),
  );
}
