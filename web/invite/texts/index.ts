import { reach } from "#shared/http.ts";
import { Unreachable } from "#shared/problem.ts";
import type { Locale } from "#shared/texts.ts";
import de from "./de.json?url";
import type en from "./en.json";
import enUrl from "./en.json?url";
import es from "./es.json?url";
import fr from "./fr.json?url";
import { OPENING } from "./opening.ts";

/** Each language has the keys of the English one, and under each key its {values}. */
export type Texts = typeof en;

const FILES: Record<Locale, string> = { en: enUrl, de, es, fr };

/** The reader's first language that the page speaks; it serves until the invitation's is known. */
const own = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag in FILES) as Locale | undefined;

let locale: Locale = own ?? "en";
let spoken: Locale | undefined;

/** Every sentence of the page, in the language that was spoken last: to be read only after `speak`. */
export let texts: Texts;

document.documentElement.lang = locale;

export const opening = () => OPENING[locale];

/** Fetches the sentences of a language, by default of the reader's own; throws `Unreachable` when they do not come. */
export async function speak(wanted = locale): Promise<void> {
  if (spoken === wanted) return;
  const response = await reach(FILES[wanted]);
  const found = response.ok && ((await response.json().catch(() => null)) as Texts | null);
  if (!found) throw new Unreachable(FILES[wanted]);
  texts = found;
  spoken = locale = wanted;
  document.documentElement.lang = wanted;
}

/** Some browsers name languages that Intl throws at, such as "en-US@posix". */
function isUnderstood(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}

/** The reader's own variant of the page's language, so that dates look as they do at home. */
export function dateLanguage(): string {
  return navigator.languages.find((tag) => tag.startsWith(locale) && isUnderstood(tag)) ?? locale;
}
