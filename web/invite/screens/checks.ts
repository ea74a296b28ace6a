import type { FieldError } from "#shared/problem.ts";
import type { Field } from "../fields.ts";
import { texts } from "../texts/index.ts";

/** Reports each empty field. */
export function required(fields: Field[]): FieldError[] {
  return fields
    .filter((field) => !field.value().trim())
    .map(({ name }) => ({ field: name, message: texts.error.required }));
}

/** Reports terms that have not been accepted. */
export function termsNotAccepted(terms: { isAccepted: () => boolean }): FieldError[] {
  return terms.isAccepted() ? [] : [{ field: "terms_version", message: texts.error.terms }];
}
