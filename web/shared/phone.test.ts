import { expect, test } from "vitest";
import { callingCodes, readPhone } from "./phone.ts";

test("an empty phone is valid", () => {
  expect(readPhone("", " ")).toEqual({ phone: null, problems: [] });
});

test("punctuation is removed", () => {
  expect(readPhone("+44", "(20) 7946-0000").phone).toEqual({ country_code: "+44", number: "2079460000" });
});

test("a missing half is reported at its field", () => {
  expect(readPhone("", "2079460000").problems).toEqual([{ field: "phone.country_code", message: "codeMissing" }]);
  expect(readPhone("+44", "").problems).toEqual([{ field: "phone.number", message: "numberMissing" }]);
});

test("letters are not a number", () => {
  expect(readPhone("+44", "abcd").problems).toEqual([{ field: "phone.number", message: "numberInvalid" }]);
});

test("country names are in the given language", () => {
  const germany = callingCodes("fr").find(({ region }) => region === "DE");
  expect(germany).toEqual({ region: "DE", code: "+49", label: "Allemagne +49" });
});

test("every country is listed once, with its code", () => {
  const codes = callingCodes("en");
  expect(new Set(codes.map(({ region }) => region)).size).toBe(codes.length);
  expect(codes.length).toBe(170);
  expect(
    ["US", "KZ", "VE", "MA", "ZW", "GE"].map((wanted) => codes.find(({ region }) => region === wanted)?.code),
  ).toEqual(["+1", "+7", "+58", "+212", "+263", "+995"]);
});
