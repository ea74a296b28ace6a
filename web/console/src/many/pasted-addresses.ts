import { readAddress } from "../page/email-address.ts";
import { type Person, personOf } from "./people.ts";

/** Part of a line between two separators; `words` is its text, `address` what stands in angle brackets. */
interface Part {
  words: string;
  address: string | undefined;
}

/** Splits at commas that are not inside quotes or angle brackets. */
function splitAtCommas(text: string): string[] {
  return (text.match(/(?:"[^"]*"|<[^<>]*>|[^,])+/g) ?? []).map((part) => part.trim()).filter(Boolean);
}

function readPart(text: string): Part {
  const bracketed = /<([^<>]*)>/.exec(text);
  if (!bracketed) return { words: text, address: undefined };
  return { words: text.slice(0, bracketed.index).trim(), address: readAddress(bracketed[1] ?? "") };
}

/** A word that can be part of a name: letters that do not begin in lower case. */
const isNamePart = (text: string): boolean => /^"?[\p{Lu}\p{Lo}][\p{L}\p{M}'’.\s-]*"?$/u.test(text);

/** Reads "Lee Sherron lee@example.org kim@example.org": each address, with the words in front of it. */
function readWords(text: string): Person[] {
  const people: Person[] = [];
  let name: string[] = [];
  for (const word of text.split(/\s+/)) {
    const address = readAddress(word);
    if (address.includes("@")) {
      people.push(personOf(address, name.join(" ")));
      name = [];
    } else if (word) {
      name.push(word);
    }
  }
  // What follows no address is shown as one that has to be corrected, instead of being lost.
  if (name.length && readAddress(name.join(" "))) people.push({ ...EMPTY, email: readAddress(name.join(" ")) });
  return people;
}

const EMPTY: Person = { first_name: "", last_name: "", email: "" };

/** Reads a segment without semicolons and line breaks. */
function readSegment(segment: string): Person[] {
  const people: Person[] = [];
  let names: string[] = [];
  const flush = () => {
    for (const name of names) people.push(...readWords(name));
    names = [];
  };
  const hasOneAddress = (segment.match(/@/g) ?? []).length === 1;
  for (const text of splitAtCommas(segment)) {
    const { words, address } = readPart(text);
    if (address !== undefined) {
      // "Sherron, Lee <lee@example.org>", without the quotes.
      const last = names.length === 1 && isNamePart(names[0] ?? "") && isNamePart(words) ? names.pop() : undefined;
      flush();
      people.push(personOf(address, last ? `${last}, ${words}` : words));
    } else if (hasOneAddress && names.length && names.every(isNamePart) && isLoneAddress(words)) {
      // "Lee, Sherron, lee@example.org".
      people.push(personOf(readAddress(words), names.join(" ")));
      names = [];
    } else if (words.includes("@")) {
      flush();
      people.push(...readWords(words));
    } else {
      names.push(words);
    }
  }
  flush();
  return people;
}

const isLoneAddress = (text: string): boolean => /^\S+@\S+$/.test(text.trim());

/** Whether a text can be a last name, also "van der Berg". */
const isLastName = (text: string): boolean => isNamePart(text.replace(/^[\p{Ll}'’\s]+(?=\p{Lu})/u, ""));

/** Reads the segments of a line as the columns of one person: "Lee;Sherron;lee@example.org"; undefined if they are none. */
function readColumns(segments: string[]): Person | undefined {
  const [address = "", ...names] = segments
    .map((text) => text.replace(/"/g, "").trim())
    .filter(Boolean)
    .reverse();
  const [first = "", last] = names.reverse();
  if (names.length > 2 || address.split("@").length !== 2 || !isLoneAddress(address)) return undefined;
  if (!isNamePart(first) || (last !== undefined && !isLastName(last))) return undefined;
  const person = personOf(readAddress(address), first);
  return last === undefined ? person : { ...person, first_name: first, last_name: last };
}

/** Splits at semicolons that are not inside quotes. */
const splitSegments = (line: string): string[] => line.match(/(?:"[^"]*"|[^;"]|")+/g) ?? [];

function readLine(line: string): Person[] {
  const segments = splitSegments(line);
  const person = readColumns(segments);
  return person ? [person] : segments.flatMap(readSegment);
}

/**
 * Reads addresses in any form that people paste: "Lee Sherron <lee@example.org>", "\"Sherron, Lee\" <lee@example.org>",
 * bare ones, separated by commas, semicolons, lines or blanks; or lines of names and address, with semicolons between
 * them. What is no address is kept, to be corrected.
 */
export const readPasted = (text: string): Person[] => text.split(/\r\n|[\n\r\u2028]/).flatMap(readLine);
