import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Problem, Unreachable } from "#shared/problem.ts";
import { inWords } from "./profile-form.ts";
import { type Texts, failureIn } from "./texts/index.ts";

const de = JSON.parse(readFileSync(new URL("texts/de.json", import.meta.url), "utf8")) as Texts;

function refusal(status: number, body: object): Problem {
  return new Problem(new Response(null, { status }), body);
}

test("what the API finds wrong with a field is said in the language of the form", () => {
  const found = inWords(
    ["phone", "phone.country_code", "signature", "logo"].map((field) => ({ field, message: "No." })),
    de,
  );
  assert.deepEqual(
    found.map(({ message }) => message),
    [de.refused.number, de.refused.country_code, de.refused.signature, de.refused.logo],
  );
});

test("what belongs to no field of the form is said as the API says it", () => {
  assert.deepEqual(inWords([{ field: "body", message: "No." }], de), [{ field: "body", message: "No." }]);
});

test("a failure is told by what can be done about it, and by its reference for support", () => {
  assert.equal(failureIn(de, new Unreachable("/")), de.refused.unreachable);
  assert.equal(failureIn(de, refusal(429, {})), de.refused.tooMany);
  assert.equal(failureIn(de, refusal(502, {})), de.refused.other);
  assert.equal(failureIn(de, new Error("The upload was refused.")), de.refused.other);
  assert.match(failureIn(de, refusal(500, { request_id: "r-1" })), /schiefgegangen.* Referenz für den Support: r-1$/);
});
