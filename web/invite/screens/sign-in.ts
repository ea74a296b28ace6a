import { SignInError, canonicalEmail, signIn } from "#shared/cognito.ts";
import { Problem } from "#shared/problem.ts";
import { h } from "../dom.ts";
import { button, emailField, passwordField } from "../fields.ts";
import { form } from "../form.ts";
import type { Invitation, Preview } from "../invitation.ts";
import { type Screen, heading } from "../page.ts";
import { replaceSession } from "../signed-in.ts";
import { termsField } from "../terms.ts";
import { texts } from "../texts/index.ts";
import { required, termsNotAccepted } from "./checks.ts";
import { declineLink } from "./decline.ts";
import type { Flow } from "./flow.ts";

export function signInScreen(preview: Preview, invitation: Invitation, flow: Flow): Screen {
  const password = passwordField("current-password");
  const terms = termsField(preview.terms, invitation);
  terms.root.hidden = true; // until the API asks for them: the ID may have accepted them in another account

  const send = async () => {
    const session = await signIn(canonicalEmail(preview.email), password.value());
    const { account, continue_url } = await terms.current(() => invitation.join(terms.acceptedVersion(), session));
    flow.joined(account, replaceSession(session), continue_url);
  };

  const handleTerminalError = (error: unknown) => {
    const message = passwordError(error);
    if (!message) return flow.handleTerminalError(error);
    password.setError(message);
    password.control.focus();
    return true;
  };

  const known = preview.identity_exists === true;
  const content = h(
    "section",
    {},
    heading(texts.signIn.title),
    h("p", { class: "lead" }, known ? texts.signIn.known : texts.signIn.lead),
    !known && h("p", { class: "switch" }, `${texts.signIn.noId} `, button("link", texts.signIn.toCreate, flow.create)),
    form({
      content: [emailField(preview.email).root, password.root, terms.root],
      fields: [password, terms],
      submit: texts.signIn.submit,
      busy: texts.signIn.busy,
      check: () => [...required([password]), ...(terms.root.hidden ? [] : termsNotAccepted(terms))],
      send,
      handleTerminalError,
    }),
    h(
      "p",
      { class: "decline" },
      h("a", { class: "link", href: recoveryHref(preview, invitation) }, texts.signIn.forgot),
    ),
    declineLink(flow),
  );
  return { title: texts.signIn.title, content };
}

/** Leads to the recovery page with the address filled in, and from there back to this invitation. */
function recoveryHref({ email }: Preview, { token }: Invitation): string {
  return `/console/recovery#${new URLSearchParams({ email, invitation: token }).toString()}`;
}

/** Returns the text for the password field if signing in has failed, undefined for any other error. */
function passwordError(error: unknown): string | undefined {
  if (error instanceof Problem && error.status === 401) return texts.signIn.notPossible;
  if (!(error instanceof SignInError)) return undefined;
  return {
    wrong_password: texts.signIn.refused,
    not_possible: texts.signIn.notPossible,
    too_many_attempts: texts.refusal.rate_limited.text,
    failed: undefined,
  }[error.reason];
}
