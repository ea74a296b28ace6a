import type { UseFormReturnType } from "@mantine/form";
import { type FieldError, matchField } from "#shared/problem.ts";
import { texts } from "../texts/index.ts";

/** Maps the paths of the API's field errors ("phone.number") to the names of the form's fields. */
export type FieldOfPath<Values> = Record<string, keyof Values & string>;

/**
 * Returns our own text for a field that the API has refused, in the person's language. Of groups it asks for one, unless
 * the `value` has some: then one of them does not exist.
 */
export function fieldMessage(name: string, value?: unknown): string {
  if (name === "groups" && Array.isArray(value) && value.length) return texts.error.groupGone;
  const own = (texts.error as Record<string, unknown>)[name];
  return typeof own === "string" ? own : texts.error.other;
}

/**
 * Shows the API's errors at their fields and focuses the first. Returns the text about the whole form: `textOf` has words
 * for errors that are about none of its fields.
 */
export function setFieldErrors<Values extends object>(
  form: UseFormReturnType<Values>,
  errors: FieldError[],
  fieldOfPath: FieldOfPath<Values>,
  textOf: Partial<Record<string, string>>,
): string {
  const others = new Set<string>();
  const messages: Record<string, string> = {};
  for (const { field } of errors) {
    const path = matchField(Object.keys(fieldOfPath), field);
    const name = path && fieldOfPath[path];
    if (name) messages[name] = fieldMessage(name, form.getValues()[name]);
    else others.add(textOf[field] ?? texts.error.invalid_request);
  }
  form.setErrors(messages);
  focusFirstError(form, messages);
  return [...(Object.keys(messages).length ? [texts.error.fields] : []), ...others].join(" ");
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
