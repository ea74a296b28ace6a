import { Problem, Unreachable } from "#shared/problem.ts";
import { type Locale, fill } from "#shared/texts.ts";
import type en from "./en.json";

/** Each language has the keys of the English one, and under each key its {values}. */
export type Texts = typeof en;

const FILES: Record<Locale, () => Promise<{ default: Texts }>> = {
  en: () => import("./en.json"),
  de: () => import("./de.json"),
  es: () => import("./es.json"),
  fr: () => import("./fr.json"),
};

const asked = new Map<Locale, Promise<Texts>>();

/** The sentences of the profile step; one promise for each language, as rendering wants it. */
export function textsIn(locale: Locale): Promise<Texts> {
  const known = asked.get(locale) ?? FILES[locale]().then((file) => file.default);
  asked.set(locale, known);
  return known;
}

/** Why saving failed, where no field is to blame. */
export function failureIn({ refused }: Texts, error: unknown): string {
  if (error instanceof Unreachable) return refused.unreachable;
  if (!(error instanceof Problem)) return refused.other;
  if (error.status === 429) return refused.tooMany;
  return error.requestId ? `${refused.other} ${fill(refused.reference, { id: error.requestId })}` : refused.other;
}
