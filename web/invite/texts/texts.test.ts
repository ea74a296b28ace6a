import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { OPENING } from "./opening.ts";

const LOCALES = Object.keys(OPENING);

/** Where each sentence stands, with the places in it that are filled in. */
function outline(part: unknown, path = ""): string[] {
  if (typeof part === "string") return [[path, ...(part.match(/\{\w+\}/g) ?? []).sort()].join(" ")];
  return Object.entries(part as object).flatMap(([key, inner]) => outline(inner, `${path}/${key}`));
}

function sentences(part: unknown): string[] {
  return typeof part === "string" ? [part] : Object.values(part as object).flatMap(sentences);
}

function texts(locale: string): unknown {
  return JSON.parse(readFileSync(new URL(`${locale}.json`, import.meta.url), "utf8"));
}

for (const locale of LOCALES) {
  test(`${locale} says what English says, at the same places with the same values`, () => {
    assert.deepEqual(outline(texts(locale)), outline(texts("en")));
  });

  test(`${locale} leaves no sentence empty, double-spaced or with a straight apostrophe`, () => {
    for (const sentence of [...sentences(texts(locale)), ...sentences(OPENING[locale as keyof typeof OPENING])])
      assert.doesNotMatch(sentence, /^$|^\s|\s$| {2}|'|\.\.\./, sentence);
  });
}

test("French signs are not parted from their words", () => {
  for (const sentence of [...sentences(texts("fr")), ...sentences(OPENING.fr)])
    assert.doesNotMatch(sentence, / [?!:;]/);
});
