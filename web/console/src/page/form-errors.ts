import type { UseFormReturnType } from "@mantine/form";
import { type FieldError, matchField } from "#shared/problem.ts";
import { texts } from "../texts/index.ts";

/** Maps the paths of the API's field errors ("phone.number") to the names of the form's fields. */
export type FieldOfPath<Values> = Record<string, keyof Values & string>;

/** Returns our own text for a field that the API has refused, in the person's language. */
export function fieldMessage(name: string): string {
  const own = (texts.error as Record<string, unknown>)[name];
  return typeof own === "string" ? own : texts.error.other;
}

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
    if (name) messages[name] = fieldMessage(name);
    else unmatched.push(message);
  }
  form.setErrors(messages);
  focusFirstError(form, messages);
  return unmatched;
}

/** Focuses the first field with an error, in the order of the form's initial values, and scrolls it into view. */
export function focusFirstError<Values extends object>(
  form: UseFormReturnType<Values>,
  errors: Record<string, unknown>,
): void {
  const first = Object.keys(form.getInitialValues()).find((name) => name in errors);
  const input = first && form.getInputNode(first);
  if (!input) return;
  input.focus({ preventScroll: true });
  input.scrollIntoView({ block: "center" });
}
