import type { FieldError } from "#shared/problem.ts";
import { sessionFrom } from "#shared/session.ts";
import { h } from "../dom.ts";
import { button, emailField, field, group, input } from "../fields.ts";
import { form } from "../form.ts";
import type { Invitation, Preview } from "../invitation.ts";
import { newPasswordField } from "../new-password.ts";
import { type Screen, heading } from "../page.ts";
import { NO_QUESTION, questionFields } from "../security-question.ts";
import { replaceSession } from "../signed-in.ts";
import { termsField } from "../terms.ts";
import { texts } from "../texts/index.ts";
import { required, termsNotAccepted } from "./checks.ts";
import { declineLink } from "./decline.ts";
import type { Flow } from "./flow.ts";

export function createScreen(preview: Preview, invitation: Invitation, flow: Flow): Screen {
  const t = texts.field;
  const firstName = field(input("given-name", { value: preview.first_name }), {
    name: "first_name",
    label: t.firstName,
  });
  // Invitations without a last name are those of accounts that do without.
  const needsLastName = Boolean(preview.last_name);
  const lastName = field(input("family-name", { value: preview.last_name }), {
    name: "last_name",
    label: needsLastName ? t.lastName : t.lastNameOptional,
  });
  const password = newPasswordField(preview.password_policy);
  const security = preview.security_question === "ask" ? questionFields() : NO_QUESTION;
  const terms = termsField(preview.terms, invitation);

  const check = (): FieldError[] => [
    ...required(needsLastName ? [firstName, lastName] : [firstName]),
    ...password.check(),
    ...security.check(),
    ...termsNotAccepted(terms),
  ];

  const send = async () => {
    const { account, session, continue_url } = await terms.current(() =>
      invitation.accept({
        first_name: firstName.value().trim(),
        last_name: lastName.value().trim() || null,
        password: password.value().normalize(),
        ...security.values(),
        terms_version: terms.acceptedVersion() ?? "",
      }),
    );
    const isStored = replaceSession(session && sessionFrom(session));
    flow.joined(account, Boolean(session) && isStored, continue_url);
  };

  const content = h(
    "section",
    {},
    heading(texts.create.title),
    h("p", { class: "lead" }, texts.create.lead),
    h("p", { class: "switch" }, `${texts.create.haveId} `, button("link", texts.create.toSignIn, flow.signIn)),
    form({
      content: [
        group(texts.create.you, h("div", { class: "pair" }, firstName.root, lastName.root)),
        group(texts.create.access, emailField(preview.email).root, ...password.parts, ...security.parts),
        terms.root,
      ],
      fields: [firstName, lastName, password, ...security.fields, terms],
      submit: texts.create.submit,
      busy: texts.create.busy,
      check,
      send,
      handleTerminalError: flow.handleTerminalError,
    }),
    declineLink(flow),
  );
  return { title: texts.create.title, content };
}
