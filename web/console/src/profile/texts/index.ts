import { Problem, Unreachable } from "#shared/problem.ts";
import { type Locale, fill } from "#shared/texts.ts";
import type en from "./en.json";

/** Every language has the keys and the {placeholders} of the English file (checked by a test). */
export type Texts = typeof en;

const FILES: Record<Locale, () => Promise<{ default: Texts }>> = {
  en: () => import("./en.json"),
  de: () => import("./de.json"),
  es: () => import("./es.json"),
  fr: () => import("./fr.json"),
};

const cache = new Map<Locale, Promise<Texts>>();

/** Loads the texts of the profile step. Returns the same promise for the same language, as `use` requires. */
export function loadTexts(locale: Locale): Promise<Texts> {
  const known = cache.get(locale) ?? FILES[locale]().then((file) => file.default);
  cache.set(locale, known);
  return known;
}

/** Returns the text for an error that is about no field. */
export function errorText({ refused }: Texts, error: unknown): string {
  if (error instanceof Unreachable) return refused.unreachable;
  if (!(error instanceof Problem)) return refused.other;
  if (error.status === 429) return refused.tooMany;
  return error.requestId ? `${refused.other} ${fill(refused.reference, { id: error.requestId })}` : refused.other;
}
