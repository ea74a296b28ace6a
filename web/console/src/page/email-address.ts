/** As strict as the API with dots: none at an end, and no two in a row. */
const ADDRESS = /^[^\s@<>,;.]+(\.[^\s@<>,;.]+)*@[^\s@<>,;.]+(\.[^\s@<>,;.]+)+$/;

/** Upper limit of the API. */
export const EMAIL_LENGTH = 254;

export const isEmailAddress = (text: string): boolean => ADDRESS.test(text);

/** Takes the address out of what people paste: "Lee Sherron <lee@example.org>", "mailto:lee@example.org", "lee@x.org;". */
export function readAddress(text: string): string {
  const bracketed = /<([^<>]*)>/.exec(text)?.[1] ?? text;
  return bracketed.replace(/^\s*mailto:/i, "").replace(/^[\s\p{Cf}"',;]+|[\s\p{Cf}"',;]+$/gu, "");
}

/** Splits a pasted list at commas, semicolons and white space; names before "<address>" are dropped. */
function splitAddresses(text: string): string[] {
  const bracketed = [...text.matchAll(/<([^<>\s]+@[^<>\s]+)>/g)].map(([, address = ""]) => address);
  const rest = text.replace(/"[^"]*"\s*<[^<>]*>|[^,;\n<>]*<[^<>]*>/g, " ");
  return [...bracketed, ...rest.split(/[\s,;]+/).map(readAddress)].filter(Boolean);
}

/** Splits what is in the field's entries; each address stays once, in the order of entry. */
export const normalizeAddresses = (entries: string[]): string[] => [...new Set(entries.flatMap(splitAddresses))];
