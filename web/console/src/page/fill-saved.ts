import type { UseFormReturnType } from "@mantine/form";

/** A file is only the same as itself. */
const isSame = (one: unknown, other: unknown): boolean =>
  one === other || (!(one instanceof File) && JSON.stringify(one) === JSON.stringify(other));

/** Fills a form with what has been saved of it. What was entered since it was sent stays. */
export function fillSaved<Values extends object>(form: UseFormReturnType<Values>, sent: Values, saved: Values): void {
  const now = form.getValues();
  const names = Object.keys(now) as (keyof Values)[];
  const entered = names.filter((name) => !isSame(now[name], sent[name])).map((name) => [name, now[name]]);
  form.setInitialValues(saved);
  form.setValues({ ...saved, ...(Object.fromEntries(entered) as Partial<Values>) });
}
