import type { UseFormReturnType } from "@mantine/form";
import { type FieldError, matchField } from "#shared/problem.ts";

export const REQUIRED = "Please fill this in.";

/** Maps the paths of the API's field errors ("phone.number") to the names of the form's fields. */
export type FieldOfPath<Values> = Record<string, keyof Values & string>;

/** Shows the API's errors at their fields and focuses the first. Returns the messages that match no field. */
export function setFieldErrors<Values extends object>(
  form: UseFormReturnType<Values>,
  errors: FieldError[],
  fieldOfPath: FieldOfPath<Values>,
): string[] {
  const unmatched: string[] = [];
  const messages: Record<string, string> = {};
  for (const { field, message } of errors) {
    const path = matchField(Object.keys(fieldOfPath), field);
    const name = path && fieldOfPath[path];
    if (name) messages[name] = message;
    else unmatched.push(message);
  }
  form.setErrors(messages);
  focusFirstError(form, messages);
  return unmatched;
}

/** Focuses the first field with an error, in the order of the form's initial values. */
export function focusFirstError<Values extends object>(
  form: UseFormReturnType<Values>,
  errors: Record<string, unknown>,
): void {
  const first = Object.keys(form.getInitialValues()).find((name) => name in errors);
  if (first) form.getInputNode(first)?.focus();
}
