import type { components } from "./schema";

/** The languages that invitations speak. */
export type Locale = components["schemas"]["PreviewView"]["locale"];

/** Puts values into the {places} of a sentence. */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}
