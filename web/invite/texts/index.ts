import { type Texts, en } from "./en.ts";

export const texts: Texts = en;

/** Some browsers name languages that Intl throws at, such as "en-US@posix". */
function isUnderstood(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}

/** The reader's own variant of the page's language, so that dates look as they do at home. */
export const dateLanguage =
  navigator.languages.find((tag) => tag.startsWith(texts.language) && isUnderstood(tag)) ?? texts.language;
