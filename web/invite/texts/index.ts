import { PRODUCT } from "#shared/brand.ts";
import { fetchOrUnreachable } from "#shared/http.ts";
import { Unreachable } from "#shared/problem.ts";
import type { Locale } from "#shared/texts.ts";
import de from "./de.json?url";
import type en from "./en.json";
import enUrl from "./en.json?url";
import es from "./es.json?url";
import fr from "./fr.json?url";
import { STARTUP_TEXTS } from "./startup.ts";

/** Every language has the keys and the {placeholders} of the English file (checked by a test). */
export type Texts = typeof en;

const FILES: Record<Locale, string> = { en: enUrl, de, es, fr };

/** The browser's first supported language, used until the language of the invitation is known. */
const browserLocale = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag in FILES) as
  | Locale
  | undefined;

/** The languages, each by its own name. */
export const LANGUAGES = [
  ["de", "Deutsch"],
  ["en", "English"],
  ["es", "Español"],
  ["fr", "Français"],
] as const satisfies [Locale, string][];

let locale: Locale = browserLocale ?? "en";
let loaded: Locale | undefined;
let chosen: Locale | undefined;

/** All texts of the page, in the language that was loaded last. Undefined before `loadLocale` has finished. */
export let texts: Texts;

document.documentElement.lang = locale;

/** Texts that are needed before a language file has been loaded, or when it cannot be. */
export const startupTexts = () => STARTUP_TEXTS[locale];

export const currentLocale = () => locale;

/** Loads the texts of the language that the reader has chosen, which stays. Throws `Unreachable`. */
export async function chooseLocale(wanted: Locale): Promise<void> {
  await load(wanted);
  chosen = wanted;
}

/**
 * Loads the texts of a language (default: the current one), unless the reader has chosen another one.
 * Throws `Unreachable` if they cannot be loaded.
 */
export function loadLocale(wanted = locale): Promise<void> {
  return load(chosen ?? wanted);
}

/** Reads texts, with the name of the product where they have {product}; null if they are none. */
function readTexts(json: string): Texts | null {
  try {
    return JSON.parse(json, (_, text: unknown) =>
      typeof text == "string" ? text.split("{product}").join(PRODUCT) : text,
    ) as Texts;
  } catch {
    return null;
  }
}

async function load(wanted: Locale): Promise<void> {
  if (loaded === wanted) return;
  const response = await fetchOrUnreachable(FILES[wanted]);
  const found = response.ok && (await response.text().then(readTexts, () => null));
  if (!found) throw new Unreachable(FILES[wanted]);
  texts = found;
  loaded = locale = wanted;
  document.documentElement.lang = wanted;
}

/** Returns false for tags that Intl rejects, such as "en-US@posix", which some browsers report. */
function isSupported(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}

/** Returns the browser's regional variant of the page's language ("en-GB" for "en"), for dates and country names. */
export function dateLanguage(): string {
  return navigator.languages.find((tag) => tag.startsWith(locale) && isSupported(tag)) ?? locale;
}
