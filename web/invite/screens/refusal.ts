import { fetchConfig } from "#shared/cognito.ts";
import { fill } from "#shared/texts.ts";
import { h } from "../dom.ts";
import { button } from "../fields.ts";
import type { Invitation } from "../invitation.ts";
import type { Screen } from "../page.ts";
import { refusalFor } from "../refusals.ts";
import { startupTexts, texts } from "../texts/index.ts";
import { requestLinkForm } from "./request-link.ts";
import { signedInAddress } from "../signed-in.ts";
import { helpLine, message } from "./message.ts";
import { errorTexts } from "./error-message.ts";

/** Full-page refusal; `reopen` loads the invitation again. */
export function refusalScreen(error: unknown, invitation: Invitation, reopen: () => void): Screen {
  const { icon, next, key } = refusalFor(error);
  const { title, lines } = errorTexts(error);
  return message(
    icon,
    title,
    ...lines,
    next === "retry" && button("button", startupTexts().retry, reopen),
    ...(next === "sign-in" ? wayIn(invitation.accountId) : []),
    next === "request-link" && requestLinkForm(invitation, reopen),
    key !== "unreachable" && helpLine(),
  );
}

/** The way into the account: at once for a person who is signed in, else by signing in; into the host product, if any. */
function wayIn(account: string): HTMLElement[] {
  const email = signedInAddress();
  const label = email ? fill(texts.joined.go, { account }) : texts.joined.signIn;
  const link = h("a", { class: "button", href: account ? `/console/${account}/users` : "/console/" }, label);
  void fetchConfig().then(({ app_url: url }) => {
    if (url && account) link.href = url.replace("{account_id}", account);
  }, Boolean);
  return email ? [h("p", {}, fill(texts.joined.signedInAs, { email })), link] : [link];
}
