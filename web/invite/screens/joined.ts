import { fill } from "#shared/texts.ts";
import { h } from "../dom.ts";
import type { Account } from "../invitation.ts";
import type { Screen } from "../page.ts";
import { texts } from "../texts/index.ts";
import { message } from "./message.ts";

export function joinedScreen(account: Account, email: string, signedIn: boolean): Screen {
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
    h("a", { class: "button", href: `/console/${account.account_id}/users` }, signedIn ? fill(t.go, values) : t.signIn),
  );
}
