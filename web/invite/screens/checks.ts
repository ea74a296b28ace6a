import type { FieldError } from "#shared/problem.ts";
import type { Field } from "../fields.ts";
import { texts } from "../texts/index.ts";

export function required(fields: Field[]): FieldError[] {
  return fields
    .filter((field) => !field.value().trim())
    .map(({ name }) => ({ field: name, message: texts.error.required }));
}

export function termsUnread(terms: { isAccepted: () => boolean }): FieldError[] {
  return terms.isAccepted() ? [] : [{ field: "terms_version", message: texts.error.terms }];
}
