import { SignInError } from "#shared/cognito.ts";
import { Problem } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import { h } from "../dom.ts";
import { form } from "../form.ts";
import type { Invitation, Preview } from "../invitation.ts";
import { type Screen, heading } from "../page.ts";
import { currentSession } from "../signed-in.ts";
import { termsField } from "../terms.ts";
import { texts } from "../texts/index.ts";
import { termsNotAccepted } from "./checks.ts";
import { declineLink } from "./decline.ts";
import type { Flow } from "./flow.ts";

/** One tap for a person who is signed in as the invited address (rule 14). */
export function joinScreen(preview: Preview, invitation: Invitation, flow: Flow): Screen {
  const t = texts.join;
  const title = fill(t.title, { account: preview.account.name });
  const terms = termsField(preview.terms, invitation);
  terms.root.hidden = true;

  const send = async () => {
    const session = await currentSession();
    if (!session) throw new SignInError("NoSession");
    const { account, continue_url } = await terms.current(() => invitation.join(terms.acceptedVersion(), session));
    flow.joined(account, true, continue_url);
  };

  const handleTerminalError = (error: unknown) => {
    // The session has ended meanwhile: the password is asked.
    const isSignedOut = error instanceof SignInError || (error instanceof Problem && error.status === 401);
    if (!isSignedOut) return flow.handleTerminalError(error);
    flow.signIn();
    return true;
  };

  const content = h(
    "section",
    {},
    heading(title),
    h("p", { class: "lead" }, fill(t.lead, { email: preview.email })),
    form({
      content: [terms.root],
      fields: [terms],
      submit: fill(t.submit, { name: preview.first_name || preview.email }),
      busy: t.busy,
      check: () => (terms.root.hidden ? [] : termsNotAccepted(terms)),
      send,
      handleTerminalError,
    }),
    declineLink(flow),
  );
  return { title, content };
}
