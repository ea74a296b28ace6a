import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem, matchField } from "./problem.ts";

const FIELDS = ["first_name", "phone.country_code", "phone.number", "notify"];

test("a complaint finds its field, the field round it, or the last field inside it", () => {
  assert.equal(matchField(FIELDS, "phone.number"), "phone.number");
  assert.equal(matchField(FIELDS, "notify.3"), "notify");
  assert.equal(matchField(FIELDS, "phone"), "phone.number");
  assert.equal(matchField(FIELDS, "token"), undefined);
});

test("an answer that is no problem document is still a problem", () => {
  const problem = new Problem(new Response(null, { status: 429, headers: { "Retry-After": "42" } }), null);
  assert.deepEqual([problem.status, problem.code, problem.retryAfter, problem.errors], [429, "", 42, []]);
});
