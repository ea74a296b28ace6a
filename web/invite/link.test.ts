import { expect, test } from "vitest";
import { accountOf, tokenOf } from "./link.ts";

const MAC = "Zm9-_xBhcmUgeW91IHJlYWRpbmcgdGhpcyBhdCBhbGw";
const TOKEN = `v1.qx7042.abcdefghijklmnopqrstuvwx23.12.mailed.${MAC}`;

/** Reads an address as a browser splits it. */
function read(path: string): string {
  return tokenOf(new URL(path, "https://usher.example"));
}

const half = TOKEN.length / 2;
const inside = (text: string) => TOKEN.slice(0, half) + text + TOKEN.slice(half);
const encoded = (text: string) => text.replace(/\./g, "%2e");

test.each([
  ["as it was sent", `/invite#${TOKEN}`],
  ["a sentence around it", `/invite#${TOKEN};`],
  ["a bracket and a quotation mark", `/invite#<${TOKEN}>”`],
  ["an exclamation mark that was encoded", `/invite#${TOKEN}%21`],
  ["an invisible character at the end", `/invite#${TOKEN}%E2%81%A0`],
  ["a character that was cut off", `/invite#${TOKEN}%E2%80`],
  ["tracking parameters after it", `/invite#${TOKEN}?mc_cid=0123456789&mc_eid=abc`],
  ["tracking parameters before it", `/invite?gclid=1#${TOKEN}`],
  ["a name before it", `/invite#token=${TOKEN}`],
  ["a wrapped line", `/invite#${inside("%0D%0A%20")}`],
  ["a soft break of quoted-printable", `/invite#${inside("=%0D%0A")}`],
  ["a quoted reply", `/invite#${inside("%0A%3E%20")}`],
  ["a soft hyphen", `/invite#${inside("%C2%AD")}`],
  ["a zero-width joiner as it is", `/invite#${inside("\u200d")}`],
  ["encoded dots", `/invite#${encoded(TOKEN)}`],
  ["dots encoded twice", `/invite#${encoded(TOKEN).replace(/%/g, "%25")}`],
  ["an encoded number sign", `/invite%23${TOKEN}`],
  ["a number sign encoded twice", `/invite%2523${encoded(TOKEN)}`],
  ["a number sign encoded three times", `/invite%252523${TOKEN}`],
  ["a slash before the number sign", `/invite/%23${TOKEN}`],
  ["a path instead of a fragment", `/invite/${TOKEN}`],
  ["a parameter instead of a fragment", `/invite?%23${TOKEN}&x=1`],
  ["a path, and a fragment of the client's own", `/invite/%23${TOKEN}#:~:text=hello`],
])("a token is found in a link with %s", (_, path) => {
  expect(read(path)).toBe(TOKEN);
});

test.each([
  ["cut off", TOKEN.slice(0, -1)],
  ["in upper case", TOKEN.toUpperCase()],
  ["something else", "welcome"],
  ["nothing", ""],
])("what is no token stays as it is: %s", (_, fragment) => {
  expect(read(`/invite#${fragment}`)).toBe(fragment);
});

test("a copied link, which names who copied it, is found too", () => {
  const copied = TOKEN.replace(".12.mailed.", ".bcdefghijklmnopqrstuvwx234.12.copied.");
  expect(read(`/invite#<${copied}>`)).toBe(copied);
});

test("the App ID of a token is known before it is verified", () => {
  expect(accountOf(TOKEN)).toBe("qx7042");
  expect(accountOf("v1.qx7042.nothing")).toBe("");
});
