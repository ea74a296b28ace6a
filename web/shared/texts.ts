import type { components } from "./schema";

/** Supported languages. */
export type Locale = components["schemas"]["PreviewView"]["locale"];

/** Replaces the {placeholders} of a text. */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}
