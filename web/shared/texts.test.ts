import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { STARTUP_TEXTS } from "../invite/texts/startup.ts";
import { fill } from "./texts.ts";

const LOCALES = Object.keys(STARTUP_TEXTS) as (keyof typeof STARTUP_TEXTS)[];
const FOLDERS = ["../invite/texts", "../console/src/profile/texts"];

/** Where each sentence stands, with the places in it that are filled in. */
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
  test(`${locale} says what English says, at the same places with the same values`, () => {
    for (const folder of FOLDERS) assert.deepEqual(outline(texts(folder, locale)), outline(texts(folder, "en")));
  });

  test(`${locale} leaves no sentence empty, double-spaced or with a straight apostrophe`, () => {
    for (const sentence of allSentences(locale)) assert.doesNotMatch(sentence, /^$|^\s|\s$| {2}|'|\.\.\./, sentence);
  });
}

test("French signs are not parted from their words", () => {
  for (const sentence of allSentences("fr")) assert.doesNotMatch(sentence, / [?!:;]/);
});

test("each place of a sentence is filled with its value", () => {
  assert.equal(fill("{a} and {b}, {a}", { a: "one", b: 2 }), "one and 2, one");
});
