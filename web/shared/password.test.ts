import { expect, test } from "vitest";
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
  expect(isAcceptable("Abcdef1", POLICY)).toBe(true);
  expect(isAcceptable("Ab cdef 1", POLICY)).toBe(true);
});

test("each rule is checked separately", () => {
  expect([...checkPassword("abcdef1", POLICY)]).toEqual([
    ["uppercase", false],
    ["lowercase", true],
    ["number", true],
    ["minLength", true],
  ]);
});

test("only A to Z counts as an uppercase letter", () => {
  expect(checkPassword("Äbcdef1", POLICY).get("uppercase")).toBe(false);
});

test("length is counted in characters, not in code units", () => {
  expect(checkPassword("Ab1🙂🙂", POLICY).get("minLength")).toBe(false);
});

test("maximum length and outer spaces are listed only when broken", () => {
  expect(checkPassword(" Abcdef1", POLICY).get("noOuterSpaces")).toBe(false);
  expect(checkPassword(`Ab1${"x".repeat(254)}`, POLICY).get("maxLength")).toBe(false);
});

test("a deployment may ask for length alone", () => {
  const policy = { ...POLICY, min_length: 15, uppercase: false, lowercase: false, number: false };

  expect([...checkPassword("correct horse", policy)]).toEqual([["minLength", false]]);
  expect(isAcceptable("correct horse bat", policy)).toBe(true);
});
