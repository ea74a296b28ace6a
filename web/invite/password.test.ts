import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPassword, isAcceptable } from "./password.ts";

const POLICY = {
  min_length: 7,
  max_length: 256,
  uppercase: true,
  lowercase: true,
  number: true,
  no_outer_spaces: true,
};

test("a password that meets every rule is acceptable", () => {
  assert.ok(isAcceptable("Abcdef1", POLICY));
  assert.ok(isAcceptable("Ab cdef 1", POLICY));
});

test("each rule is judged by itself", () => {
  assert.deepEqual(
    [...checkPassword("abcdef1", POLICY)],
    [
      ["uppercase", false],
      ["lowercase", true],
      ["number", true],
      ["minLength", true],
    ],
  );
});

test("only A to Z counts as an uppercase letter", () => {
  assert.equal(checkPassword("Äbcdef1", POLICY).get("uppercase"), false);
});

test("length is counted in characters, not in code units", () => {
  assert.equal(checkPassword("Ab1🙂🙂", POLICY).get("minLength"), false);
});

test("the rules that are seldom broken appear when they are", () => {
  assert.equal(checkPassword(" Abcdef1", POLICY).get("noOuterSpaces"), false);
  assert.equal(checkPassword(`Ab1${"x".repeat(254)}`, POLICY).get("maxLength"), false);
});
