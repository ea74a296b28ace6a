import type { FieldError } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import { h, icon } from "./dom.ts";
import { type Field, passwordField } from "./fields.ts";
import { announce } from "./page.ts";
import { type PasswordPolicy, type Rule, checkPassword, isAcceptable } from "#shared/password.ts";
import { texts } from "./texts/index.ts";

interface NewPassword extends Field {
  parts: HTMLElement[];
  check: () => FieldError[];
}

/** Creates a password field with a live checklist of the policy's rules. */
export function newPasswordField(policy: PasswordPolicy): NewPassword {
  const password = passwordField("new-password", { describedBy: "password-rules" });
  const list = h("ul", { class: "rules" });
  let complete = false;

  const update = () => {
    const verdicts = checkPassword(password.value(), policy);
    list.replaceChildren(...[...verdicts].map(([rule, met]) => ruleLine(ruleText(rule, policy), met)));
    const nowComplete = isAcceptable(password.value(), policy);
    if (nowComplete && !complete) announce(texts.password.allMet);
    complete = nowComplete;
  };
  update();
  password.control.addEventListener("input", update);

  return {
    ...password,
    parts: [password.root, h("div", { id: "password-rules" }, h("p", { class: "hint" }, texts.password.rules), list)],
    check: () => (complete ? [] : [{ field: password.name, message: texts.error.password }]),
  };
}

function ruleText(rule: Rule, policy: PasswordPolicy): string {
  if (rule === "minLength") return fill(texts.password.minLength, { n: policy.min_length });
  if (rule === "maxLength") return fill(texts.password.maxLength, { n: policy.max_length });
  return texts.password[rule];
}

function ruleLine(text: string, met: boolean): HTMLElement {
  return h(
    "li",
    { class: met ? "is-met" : undefined },
    icon(met ? "done" : "dot"),
    text,
    h("span", { class: "visually-hidden" }, `, ${met ? texts.password.met : texts.password.missing}`),
  );
}
