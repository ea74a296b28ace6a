import { expect, test } from "vitest";
import { callingCodes, codeOfRegion, readPhone, regionOfCode } from "./phone.ts";

const BIDI = String.fromCodePoint(0x202d);
const BIDI_END = String.fromCodePoint(0x202c);

test("an empty phone is valid", () => {
  expect(readPhone("", " ")).toEqual({ phone: null, problems: [] });
});

test.each([
  ["punctuation", "(20) 7946-0000"],
  ["dashes of typography", "20 7946–0000"],
  ["characters that an address book adds", `${BIDI}2079460000${BIDI_END}`],
  ["Arabic digits", "٢٠٧٩٤٦٠٠٠٠"],
  ["Devanagari digits", "२०७९४६००००"],
  ["full-width digits", "２０７９４６００００"],
  ["minus signs", "20−7946−0000"],
  ["the country code once more", "+44 20 7946 0000"],
  ["the country code as it is dialled", "0044 20 7946 0000"],
])("%s are understood", (_, typed) => {
  expect(readPhone("+44", typed).phone).toEqual({ country_code: "+44", number: "2079460000" });
});

test("a missing half is reported at its field", () => {
  expect(readPhone("", "2079460000").problems).toEqual([{ field: "phone.country_code", message: "codeMissing" }]);
  expect(readPhone("+44", "").problems).toEqual([{ field: "phone.number", message: "numberMissing" }]);
});

test("what is no number is reported at the number", () => {
  for (const typed of ["abcd", "123", "2079460000 ext 5"]) {
    expect(readPhone("+44", typed).problems).toEqual([{ field: "phone.number", message: "numberInvalid" }]);
  }
});

test("another country code is reported at the number", () => {
  for (const typed of ["+49 30 1234567", "0049 30 1234567"]) {
    expect(readPhone("+44", typed).problems).toEqual([{ field: "phone.number", message: "otherCode" }]);
  }
});

test("country names are in the given language", () => {
  const germany = callingCodes("fr").find(({ region }) => region === "DE");
  expect(germany).toEqual({ region: "DE", code: "+49", label: "Allemagne +49" });
});

test("every region is listed once, also those that share a code", () => {
  const codes = callingCodes("en");
  expect(new Set(codes.map(({ region }) => region)).size).toBe(codes.length);
  const wanted = ["US", "JM", "DO", "PR", "KZ", "XK", "GL", "FO", "RE", "GG", "TT", "WS"];
  expect(wanted.map(codeOfRegion)).toEqual([
    "+1",
    "+1",
    "+1",
    "+1",
    "+7",
    "+383",
    "+299",
    "+298",
    "+262",
    "+44",
    "+1",
    "+685",
  ]);
});

test("a code names its main region", () => {
  expect(["+1", "+7", "+44", "+39", ""].map(regionOfCode)).toEqual(["US", "RU", "GB", "IT", ""]);
});
