import { SignInRefused, signIn } from "#shared/cognito.ts";
import { Problem } from "#shared/problem.ts";
import { writeAccount, writeSession } from "#shared/session.ts";
import { h } from "../dom.ts";
import { button, emailField, passwordField } from "../fields.ts";
import { form } from "../form.ts";
import type { Invitation, Preview } from "../invitation.ts";
import { type Screen, heading } from "../page.ts";
import { termsField } from "../terms.ts";
import { texts } from "../texts/index.ts";
import { required, termsUnread } from "./checks.ts";
import { declineLink } from "./decline.ts";
import type { Flow } from "./flow.ts";

export function logInScreen(preview: Preview, invitation: Invitation, flow: Flow): Screen {
  const password = passwordField("current-password");
  const terms = termsField(preview.terms);
  terms.root.hidden = true;

  const send = async () => {
    const session = await signIn(preview.email, password.value());
    const { account } = await invitation.join(terms.isAccepted() ? preview.terms.version : null, session);
    writeSession(session);
    writeAccount(account.account_id);
    flow.joined(account, true);
  };

  const leave = (error: unknown) => {
    // An ID that has agreed to the current terms elsewhere is not asked again.
    if (error instanceof Problem && error.errors.some(({ field }) => field === terms.name)) terms.root.hidden = false;
    const words = refusedAtPassword(error);
    if (!words) return flow.leave(error);
    password.complain(words);
    password.control.focus();
    return true;
  };

  const known = preview.identity_exists === true;
  const content = h(
    "section",
    {},
    heading(texts.logIn.title),
    h("p", { class: "lead" }, known ? texts.logIn.known : texts.logIn.lead),
    !known && h("p", { class: "switch" }, `${texts.logIn.noId} `, button("link", texts.logIn.toCreate, flow.create)),
    form({
      content: [emailField(preview.email).root, password.root, terms.root],
      fields: [password, terms],
      submit: texts.logIn.submit,
      busy: texts.logIn.busy,
      check: () => [...required([password]), ...(terms.root.hidden ? [] : termsUnread(terms))],
      send,
      leave,
    }),
    declineLink(flow),
  );
  return { title: texts.logIn.title, content };
}

/** What the password field has to say about a refusal, if it is about the sign-in. */
function refusedAtPassword(error: unknown): string | undefined {
  if (error instanceof Problem && error.status === 401) return texts.logIn.notPossible;
  if (!(error instanceof SignInRefused)) return undefined;
  return {
    wrong_password: texts.logIn.refused,
    not_possible: texts.logIn.notPossible,
    too_often: texts.refusal.rate_limited.text,
    failed: undefined,
  }[error.reason];
}
