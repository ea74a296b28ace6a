import type { FieldError } from "#shared/problem.ts";
import { h } from "./dom.ts";
import { type Field, field, input } from "./fields.ts";
import { texts } from "./texts/index.ts";

const OWN = "own";

interface SecurityQuestion {
  parts: HTMLElement[];
  fields: Field[];
  check: () => FieldError[];
  values: () => { security_question?: string; security_answer?: string };
}

/** Where the deployment asks no question. */
export const NO_QUESTION: SecurityQuestion = { parts: [], fields: [], check: () => [], values: () => ({}) };

/** Creates the fields of the security question: a list, a text field for a question of one's own, and the answer. */
export function questionFields(): SecurityQuestion {
  const t = texts.field;
  const select = h(
    "select",
    { autocomplete: "off" },
    h("option", { value: "" }, t.choose),
    ...texts.questions.map((question) => h("option", {}, question)),
    h("option", { value: OWN }, t.ownQuestion),
  );
  const chosen = field(select, { name: "security_question", label: t.question, hint: t.questionHint });
  const own = field(input("off"), { name: "security_question.own", label: t.own });
  const answer = field(input("off", { autocapitalize: "none" }), { name: "security_answer", label: t.answer });
  own.root.hidden = true;
  select.addEventListener("change", () => {
    own.root.hidden = select.value !== OWN;
    if (!own.root.hidden) own.control.focus();
  });

  const question = () => (select.value === OWN ? own.value() : select.value).trim();
  return {
    parts: [chosen.root, own.root, answer.root],
    fields: [chosen, own, answer],
    check: () => {
      const errors: FieldError[] = [];
      if (!question()) errors.push({ field: select.value ? own.name : chosen.name, message: texts.error.question });
      if (!answer.value().trim()) errors.push({ field: answer.name, message: texts.error.required });
      return errors;
    },
    values: () => ({ security_question: question(), security_answer: answer.value() }),
  };
}
