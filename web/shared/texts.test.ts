import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { STARTUP_TEXTS } from "../invite/texts/startup.ts";
import { fill } from "./texts.ts";

const LOCALES = Object.keys(STARTUP_TEXTS) as (keyof typeof STARTUP_TEXTS)[];
const FOLDERS = ["../invite/texts", "../help/texts", "../console/src/texts"];

/** Lists the path of every text with its {placeholders}. */
function outline(part: unknown, path = ""): string[] {
  if (typeof part === "string") return [[path, ...(part.match(/\{\w+\}/g) ?? []).sort()].join(" ")];
  return Object.entries(part as object).flatMap(([key, inner]) => outline(inner, `${path}/${key}`));
}

function sentences(part: unknown): string[] {
  return typeof part === "string" ? [part] : Object.values(part as object).flatMap(sentences);
}

function texts(folder: string, locale: string): unknown {
  return JSON.parse(readFileSync(new URL(`${folder}/${locale}.json`, import.meta.url), "utf8"));
}

function allSentences(locale: keyof typeof STARTUP_TEXTS): string[] {
  return [STARTUP_TEXTS[locale], ...FOLDERS.map((folder) => texts(folder, locale))].flatMap(sentences);
}

for (const locale of LOCALES) {
  test(`${locale} has the keys and placeholders of English`, () => {
    for (const folder of FOLDERS) expect(outline(texts(folder, locale))).toEqual(outline(texts(folder, "en")));
  });

  test(`${locale} has no empty text, double space or straight apostrophe`, () => {
    for (const sentence of allSentences(locale)) expect(sentence, sentence).not.toMatch(/^$|^\s|\s$| {2}|'|\.\.\./);
  });
}

test("French has a narrow space before ? ! ; and a non-breaking one before : and inside « »", () => {
  // Colons of web addresses and times have none.
  for (const sentence of allSentences("fr")) {
    expect(sentence).not.toMatch(/(^|[^\u202f])[?!;]|(^|[^\u00a0]):(?![/\d])|«(?!\u00a0)|(^|[^\u00a0])»/);
  }
});

test("fill replaces every placeholder", () => {
  expect(fill("{a} and {b}, {a}", { a: "one", b: 2 })).toBe("one and 2, one");
});
