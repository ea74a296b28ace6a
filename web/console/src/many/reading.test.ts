import { expect, test } from "vitest";
import { UnreadableFile, decode } from "./file-text.ts";
import { readPasted } from "./pasted-addresses.ts";
import { writeTable } from "../page/csv.ts";
import { readTable, readText } from "./table-text.ts";

const shown = (people: { first_name: string; last_name: string; email: string }[]) =>
  people.map(({ first_name, last_name, email }) => `${first_name}|${last_name}|${email}`);

test.each([
  ["Lee Sherron <lee@example.org>", ["Lee|Sherron|lee@example.org"]],
  [
    '"Sherron, Lee" <lee@example.org>, "Kim; K." <kim@example.org>',
    ["Lee|Sherron|lee@example.org", "Kim;|K.|kim@example.org"],
  ],
  [
    "Sherron, Lee <lee@example.org>; Ólafsdóttir, Ása <asa@example.org>",
    ["Lee|Sherron|lee@example.org", "Ása|Ólafsdóttir|asa@example.org"],
  ],
  ["a.b@example.org,c_d@example.org;e@example.org", ["A|B|a.b@example.org", "C|D|c_d@example.org", "E||e@example.org"]],
  [
    "a@example.org b@example.org\tc@example.org\r\n\r\nd@example.org\n",
    ["A||a@example.org", "B||b@example.org", "C||c@example.org", "D||d@example.org"],
  ],
  ["Lee, Sherron, lee@example.org", ["Lee|Sherron|lee@example.org"]],
  ["Lee Sherron lee@example.org", ["Lee|Sherron|lee@example.org"]],
  ["Lee;Sherron;lee@example.org", ["Lee|Sherron|lee@example.org"]],
  [
    'Lee Ann; van der Berg ;lee@example.org;\r\n"Kim";"Ko";kim@example.org',
    ["Lee Ann|van der Berg|lee@example.org", "Kim|Ko|kim@example.org"],
  ],
  ["Lee Sherron;lee@example.org", ["Lee|Sherron|lee@example.org"]],
  ["nobody;Sherron;lee@example.org", ["||nobody", "||Sherron", "Lee||lee@example.org"]],
  ["Lee;kim@example.org;lee@example.org", ["||Lee", "Kim||kim@example.org", "Lee||lee@example.org"]],
  ["x@example.org, Lee van Sherron <lee@example.org>", ["X||x@example.org", "Lee|van Sherron|lee@example.org"]],
  [
    "mailto:lee.sherron42+news@example.org,",
    ["Lee|Sherron|mailto:lee.sherron42+news@example.org".replace("mailto:", "")],
  ],
  ["<lee@example.org>", ["Lee||lee@example.org"]],
  ["not-an-address, kim@example.org; lee@example", ["||not-an-address", "Kim||kim@example.org", "Lee||lee@example"]],
  ["", []],
  [" ;, \n", []],
])("pasted %j is read", (text, expected) => {
  expect(shown(readPasted(text))).toEqual(expected);
});

test.each([
  ["First name,Last name,Email\nLee,Sherron,lee@example.org", []],
  ["E-Mail-Adresse;Name;Vorname;Abteilung\nlee@example.org;Sherron;Lee;Vertrieb", ["Abteilung"]],
  ["Nombre\tApellidos\tCorreo electrónico\nLee\tSherron\tlee@example.org", []],
  ["Prénom;Nom;Adresse e-mail\r\nLee;Sherron;lee@example.org\r\n;;\r\n", []],
  ["\uFEFFsep=;\r\nEmail;Name\r\nlee@example.org;Lee Sherron", []],
  ['email,nom\nlee@example.org,"Sherron, Lee"', []],
  ["Lee,Sherron,lee@example.org", []],
  ["lee@example.org;Lee Sherron", []],
  ['"Email"\n"Lee Sherron <lee@example.org>"', []],
])("the table %j is read", (text, unused) => {
  expect(readTable(text)).toEqual({
    people: [{ first_name: "Lee", last_name: "Sherron", email: "lee@example.org" }],
    unused,
  });
});

test("quotes and line breaks inside a cell stay, and a line without an address is kept", () => {
  const text = 'email,first name,last name\nlee@example.org,"Lee ""Bo""","Sher\nron"\n,Kim,Lost\n';
  expect(shown(readTable(text).people)).toEqual(['Lee "Bo"|Sher\nron|lee@example.org', "Kim|Lost|"]);
});

test("pasted text is a table if it comes from a spreadsheet or has a header", () => {
  expect(shown(readText("Lee\tSherron\tlee@example.org\nKim\tKo\tkim@example.org").people)).toEqual([
    "Lee|Sherron|lee@example.org",
    "Kim|Ko|kim@example.org",
  ]);
  expect(shown(readText("email,first name\nlee@example.org,Lee").people)).toEqual(["Lee||lee@example.org"]);
  expect(shown(readText("Email lee@example.org").people)).toEqual(["Email||lee@example.org"]);
});

test.each(["=1+1", "+441", "-2", "@SUM(A1)", "\tx", "\rx", " =x"])("the cell %j is no formula in a file", (cell) => {
  const text = writeTable(["name", "email"], [[cell, "lee@example.org"]], ";");
  expect(text).toMatch(/^\uFEFFname;email\r\n"?'/);
});

test("what is written is read again", () => {
  const text = writeTable(["Vorname", "Nachname", "E-Mail"], [["=Lee", 'She;"rr"on', "lee@example.org"]], ";");
  expect(shown(readTable(text).people)).toEqual(['=Lee|She;"rr"on|lee@example.org']);
});

const WITH_ACCENTS = "José;Müller;lee@example.org";
const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const utf16 = (text: string, swapped: boolean) =>
  Uint8Array.from(
    Array.from(text).flatMap((letter) => (swapped ? [0, letter.charCodeAt(0)] : [letter.charCodeAt(0), 0])),
  );

test.each([
  ["UTF-8", new TextEncoder().encode(WITH_ACCENTS)],
  ["Latin-1", latin1(WITH_ACCENTS)],
  ["UTF-16, little-endian, marked", Uint8Array.from([0xff, 0xfe, ...utf16(WITH_ACCENTS, false)])],
  ["UTF-16, big-endian, marked", Uint8Array.from([0xfe, 0xff, ...utf16(WITH_ACCENTS, true)])],
  ["UTF-16, little-endian", utf16(WITH_ACCENTS, false)],
  ["UTF-16, big-endian", utf16(WITH_ACCENTS, true)],
])("a file in %s is read", (_name, bytes) => {
  expect(decode(bytes)).toBe(WITH_ACCENTS);
});

test.each([
  ["workbook", Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0])],
  ["workbook", Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0])],
  ["notText", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 0, 2])],
  ["tooLarge", new Uint8Array(5_000_001)],
])("a file is refused as %s", (fault, bytes) => {
  expect(() => decode(bytes)).toThrow(new UnreadableFile(fault as never));
});
