import { expect, test } from "vitest";
import { Problem, matchField } from "./problem.ts";

const FIELDS = ["first_name", "phone.country_code", "phone.number", "notify"];

test("an error matches its field, the containing field, or the last field inside", () => {
  expect(matchField(FIELDS, "phone.number")).toBe("phone.number");
  expect(matchField(FIELDS, "notify.3")).toBe("notify");
  expect(matchField(FIELDS, "phone")).toBe("phone.number");
  expect(matchField(FIELDS, "token")).toBe(undefined);
});

test("a response without a problem document is a Problem", () => {
  const problem = new Problem(new Response(null, { status: 429, headers: { "Retry-After": "42" } }), null);
  expect([problem.status, problem.code, problem.retryAfter, problem.errors]).toEqual([429, "", 42, []]);
});
