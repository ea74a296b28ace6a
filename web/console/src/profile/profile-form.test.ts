import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Problem, Unreachable } from "#shared/problem.ts";
import { translateErrors } from "./profile-form.ts";
import { type Texts, errorText } from "./texts/index.ts";

const de = JSON.parse(readFileSync(new URL("texts/de.json", import.meta.url), "utf8")) as Texts;

function refusal(status: number, body: object): Problem {
  return new Problem(new Response(null, { status }), body);
}

test("field errors are translated", () => {
  const found = translateErrors(
    ["phone", "phone.country_code", "signature", "logo"].map((field) => ({ field, message: "No." })),
    de,
  );
  expect(found.map(({ message }) => message)).toEqual([
    de.refused.number,
    de.refused.country_code,
    de.refused.signature,
    de.refused.logo,
  ]);
});

test("errors of unknown fields keep the API's message", () => {
  expect(translateErrors([{ field: "body", message: "No." }], de)).toEqual([{ field: "body", message: "No." }]);
});

test("other errors map to a text, with the request id for server errors", () => {
  expect(errorText(de, new Unreachable("/"))).toBe(de.refused.unreachable);
  expect(errorText(de, refusal(429, {}))).toBe(de.refused.tooMany);
  expect(errorText(de, refusal(502, {}))).toBe(de.refused.other);
  expect(errorText(de, new Error("The upload was refused."))).toBe(de.refused.other);
  expect(errorText(de, refusal(500, { request_id: "r-1" }))).toMatch(/schiefgegangen.* Referenz für den Support: r-1$/);
});
