import type { UseFormReturnType } from "@mantine/form";

/** Compares values by content, files by identity. */
const isSame = (one: unknown, other: unknown): boolean =>
  one === other || (!(one instanceof File) && JSON.stringify(one) === JSON.stringify(other));

const isList = (value: unknown): value is unknown[] => Array.isArray(value);

/** What was entered since it was sent; of a list, what was put in and taken out since then. */
function merge(entered: unknown, sent: unknown, saved: unknown): unknown {
  if (!isList(entered) || !isList(sent) || !isList(saved)) return entered;
  const kept = saved.filter((item) => entered.includes(item) || !sent.includes(item));
  return [...kept, ...entered.filter((item) => !sent.includes(item) && !saved.includes(item))];
}

/** Fills a form with what has been saved of it. What was entered since it was sent stays. */
export function fillSaved<Values extends object>(form: UseFormReturnType<Values>, sent: Values, saved: Values): void {
  const now = form.getValues();
  const names = Object.keys(now) as (keyof Values)[];
  const changed = names.filter((name) => !isSame(now[name], sent[name]));
  const entered = changed.map((name) => [name, merge(now[name], sent[name], saved[name])]);
  form.setInitialValues(saved);
  form.setValues({ ...saved, ...(Object.fromEntries(entered) as Partial<Values>) });
}
