import type { components } from "./schema";

/** Supported languages. */
export type Locale = components["schemas"]["PreviewView"]["locale"];

/** Each language by its own name. */
export const LANGUAGES: Record<Locale, string> = { en: "English", de: "Deutsch", es: "Español", fr: "Français" };

/** The forms of a text for numbers, by Intl's plural categories. */
export type Forms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** Replaces the {placeholders} of a text; unknown ones stay. */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}

/** Returns the form that agrees with a number. */
export function pluralForm(forms: Forms, n: number, locale: Locale, type: Intl.PluralRuleType = "cardinal"): string {
  return forms[new Intl.PluralRules(locale, { type }).select(n)] ?? forms.other;
}

/** Returns the first supported language that the browser prefers, else English. */
export function browserLocale(preferred: readonly string[] = navigator.languages): Locale {
  return preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag): tag is Locale => tag in LANGUAGES) ?? "en";
}

/** Returns the browser's regional variant of a language ("en-GB" for "en"), for dates, numbers and names of countries. */
export function formattingLocale(locale: Locale, preferred: readonly string[] = navigator.languages): string {
  return preferred.find((tag) => tag.startsWith(locale) && isSupported(tag)) ?? locale;
}

/** Returns false for tags that Intl rejects, such as "en-US@posix", which some browsers report. */
function isSupported(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}
