import { callingCodes, readPhone } from "#shared/phone.ts";
import type { FieldError } from "#shared/problem.ts";
import { sessionFrom, writeSession } from "#shared/session.ts";
import { h } from "../dom.ts";
import { button, emailField, field, group, input } from "../fields.ts";
import { form } from "../form.ts";
import type { Invitation, Preview } from "../invitation.ts";
import { newPasswordField } from "../new-password.ts";
import { type Screen, heading } from "../page.ts";
import { questionFields } from "../security-question.ts";
import { termsField } from "../terms.ts";
import { dateLanguage, texts } from "../texts/index.ts";
import { required, termsNotAccepted } from "./checks.ts";
import { declineLink } from "./decline.ts";
import type { Flow } from "./flow.ts";

export function createScreen(preview: Preview, invitation: Invitation, flow: Flow): Screen {
  const t = texts.field;
  const firstName = field(input("given-name", { value: preview.first_name }), {
    name: "first_name",
    label: t.firstName,
  });
  const lastName = field(input("family-name"), { name: "last_name", label: t.lastName });
  const password = newPasswordField(preview.password_policy);
  const security = questionFields();
  const code = field(codeSelect(), { name: "phone.country_code", label: t.countryCode });
  const number = field(input("tel-national", { type: "tel" }), { name: "phone.number", label: t.number });
  const terms = termsField(preview.terms);
  const phone = () => readPhone(code.value(), number.value());

  const check = (): FieldError[] => [
    ...required([firstName, lastName]),
    ...password.check(),
    ...security.check(),
    ...phone().problems.map(({ field, message }) => ({ field, message: texts.error[message] })),
    ...termsNotAccepted(terms),
  ];

  const send = async () => {
    const { account, session } = await invitation.accept({
      first_name: firstName.value().trim(),
      last_name: lastName.value().trim(),
      password: password.value(),
      ...security.values(),
      terms_version: preview.terms.version,
      phone: phone().phone,
    });
    writeSession(session && { ...sessionFrom(session), phone: phone().phone });
    flow.joined(account, Boolean(session));
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
        group(`${t.phone} (${t.optional})`, h("div", { class: "pair" }, code.root, number.root)),
        terms.root,
      ],
      fields: [firstName, lastName, password, ...security.fields, code, number, terms],
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

function codeSelect(): HTMLSelectElement {
  return h(
    "select",
    { autocomplete: "tel-country-code" },
    h("option", { value: "" }, texts.field.noCode),
    ...callingCodes(dateLanguage()).map(({ code, label }) => h("option", { value: code }, label)),
  );
}
