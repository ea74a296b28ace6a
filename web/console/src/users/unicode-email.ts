import { toUnicode } from "punycode/punycode.es6.js";

/** Returns an email address as people write it: the API's A-label "xn--mller-kva.example" is "müller.example". */
export function unicodeEmail(email: string): string {
  try {
    return toUnicode(email);
  } catch {
    return email; // Not valid Punycode.
  }
}
