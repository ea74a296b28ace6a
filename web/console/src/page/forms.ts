import type { UseFormReturnType } from "@mantine/form";
import { type FieldError, matchField } from "#shared/problem.ts";

export const REQUIRED = "Please fill this in.";

/**
 * Puts the API's complaints at the fields and the focus on the first; returns those that belong to none.
 * `fieldOfPath` tells where the form shows what the API names by its path.
 */
export function complain<Values extends object>(
  form: UseFormReturnType<Values>,
  errors: FieldError[],
  fieldOfPath: Record<string, keyof Values & string>,
): string[] {
  const homeless: string[] = [];
  const problems: Record<string, string> = {};
  for (const { field, message } of errors) {
    const path = matchField(Object.keys(fieldOfPath), field);
    const home = path && fieldOfPath[path];
    if (home) problems[home] = message;
    else homeless.push(message);
  }
  form.setErrors(problems);
  focusFirst(form, problems);
  return homeless;
}

/** Fields stand in the order in which the form names them. */
export function focusFirst<Values extends object>(
  form: UseFormReturnType<Values>,
  problems: Record<string, unknown>,
): void {
  const first = Object.keys(form.getInitialValues()).find((name) => name in problems);
  if (first) form.getInputNode(first)?.focus();
}
