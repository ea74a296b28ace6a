import { h, icon } from "../dom.ts";
import type { Account } from "../invitation.ts";
import { type Screen, heading } from "../page.ts";
import { texts } from "../texts/index.ts";

export function joinedScreen(account: Account, email: string, signedIn: boolean): Screen {
  const { title, lead, leadSignIn, go, signIn } = texts.joined;
  const facts = [
    [texts.joined.account, account.name],
    [texts.joined.appId, account.account_id],
    [texts.joined.address, email],
  ] as const;
  const content = h(
    "section",
    { class: "message" },
    h("div", { class: "badge badge-done" }, icon("done")),
    heading(title),
    h("p", {}, (signedIn ? lead : leadSignIn)(account.name)),
    h("dl", {}, ...facts.map(([term, fact]) => h("div", {}, h("dt", {}, term), h("dd", {}, fact)))),
    h("a", { class: "button", href: "/console/" }, signedIn ? go(account.name) : signIn),
  );
  return { title, content };
}
