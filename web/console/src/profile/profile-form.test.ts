import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Problem, Unreachable } from "#shared/problem.ts";
import { translateErrors } from "./profile-form.ts";
import { type Texts, errorText } from "./texts/index.ts";

const de = JSON.parse(readFileSync(new URL("texts/de.json", import.meta.url), "utf8")) as Texts;

function refusal(status: number, body: object): Problem {
  return new Problem(new Response(null, { status }), body);
}

test("what the API finds wrong with a field is said in the language of the form", () => {
  const found = translateErrors(
    ["phone", "phone.country_code", "signature", "logo"].map((field) => ({ field, message: "No." })),
    de,
  );
  assert.deepEqual(
    found.map(({ message }) => message),
    [de.refused.number, de.refused.country_code, de.refused.signature, de.refused.logo],
  );
});

test("what belongs to no field of the form is said as the API says it", () => {
  assert.deepEqual(translateErrors([{ field: "body", message: "No." }], de), [{ field: "body", message: "No." }]);
});

test("a failure is told by what can be done about it, and by its reference for support", () => {
  assert.equal(errorText(de, new Unreachable("/")), de.refused.unreachable);
  assert.equal(errorText(de, refusal(429, {})), de.refused.tooMany);
  assert.equal(errorText(de, refusal(502, {})), de.refused.other);
  assert.equal(errorText(de, new Error("The upload was refused.")), de.refused.other);
  assert.match(errorText(de, refusal(500, { request_id: "r-1" })), /schiefgegangen.* Referenz für den Support: r-1$/);
});
