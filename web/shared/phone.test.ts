import assert from "node:assert/strict";
import { test } from "node:test";
import { callingCodes, readPhone } from "./phone.ts";

test("no telephone at all is fine", () => {
  assert.deepEqual(readPhone("", " "), { phone: null, problems: [] });
});

test("a telephone is a pair, written without punctuation", () => {
  assert.deepEqual(readPhone("+44", "(20) 7946-0000").phone, { country_code: "+44", number: "2079460000" });
});

test("half a pair says which half is missing", () => {
  assert.deepEqual(readPhone("", "2079460000").problems, [{ field: "phone.country_code", message: "codeMissing" }]);
  assert.deepEqual(readPhone("+44", "").problems, [{ field: "phone.number", message: "numberMissing" }]);
});

test("letters are no number", () => {
  assert.deepEqual(readPhone("+44", "abcd").problems, [{ field: "phone.number", message: "numberInvalid" }]);
});

test("countries carry their names in the reader's language", () => {
  const germany = callingCodes("fr").find(({ region }) => region === "DE");
  assert.deepEqual(germany, { region: "DE", code: "+49", label: "Allemagne +49" });
});

test("every country is there once, with its own code", () => {
  const codes = callingCodes("en");
  assert.equal(new Set(codes.map(({ region }) => region)).size, codes.length);
  assert.equal(codes.length, 170);
  assert.deepEqual(
    ["US", "KZ", "VE", "MA", "ZW", "GE"].map((wanted) => codes.find(({ region }) => region === wanted)?.code),
    ["+1", "+7", "+58", "+212", "+263", "+995"],
  );
});
