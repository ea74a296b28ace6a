import { useSyncExternalStore } from "react";
import { PRODUCT } from "#shared/brand.ts";
import { type Forms, type Locale, browserLocale, fill, formattingLocale, pluralForm } from "#shared/texts.ts";
import en from "./en.json";

/** Every language has the keys and the {placeholders} of the English file (checked by a test). */
export type Texts = typeof en;

/** English is part of the script and stands in for a language that cannot be loaded. */
const FILES: Record<Locale, () => Promise<{ default: Texts }>> = {
  en: () => Promise.resolve({ default: en }),
  de: () => import("./de.json"),
  es: () => import("./es.json"),
  fr: () => import("./fr.json"),
};

/** Writes the name of the product into texts, where they have {product}. */
const withProduct = (raw: Texts): Texts =>
  JSON.parse(JSON.stringify(raw), (_, value: unknown) =>
    typeof value === "string" ? value.replaceAll("{product}", PRODUCT) : value,
  ) as Texts;

/** All texts of the console, in the current language. */
export let texts: Texts = withProduct(en);

let locale: Locale = "en";
let wanted: Locale = "en";
const listeners = new Set<() => void>();

/** Loads a language (default: the browser's) and applies it. Keeps the current one if it cannot be loaded. */
export async function loadLocale(next: Locale = browserLocale()): Promise<void> {
  wanted = next;
  const loaded = await FILES[next]().catch(() => undefined);
  if (!loaded || wanted !== next) return;
  texts = withProduct(loaded.default);
  locale = next;
  document.documentElement.lang = next;
  for (const listener of listeners) listener();
}

export const currentLocale = (): Locale => locale;

/** Returns the current language and renders again when it changes. */
export function useLocale(): Locale {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentLocale);
}

/** Returns the browser's regional variant of the current language, for Intl ("en-GB" for "en"). */
export const intlLocale = (): string => formattingLocale(locale);

/** Fills the form of a text that agrees with a number; `{n}` is the number, formatted. */
export function plural(forms: Forms, n: number, values: Record<string, string | number> = {}): string {
  return fill(pluralForm(forms, n, locale), { n: formatNumber(n), ...values });
}

/** Fills an ordinal ("2nd"). */
export const ordinal = (forms: Forms, n: number): string =>
  fill(pluralForm(forms, n, locale, "ordinal"), { n: formatNumber(n) });

export const formatNumber = (n: number): string => new Intl.NumberFormat(intlLocale()).format(n);

/** Joins items as a sentence does: "a, b and c", or "a, b or c". */
export const formatList = (items: string[], type: "conjunction" | "disjunction" = "conjunction"): string =>
  new Intl.ListFormat(locale === "en" ? "en-GB" : locale, { type }).format(items); // eslint-disable-line compat/compat -- the console’s browsers have it
