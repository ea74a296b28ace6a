import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type HelpTexts, helpPage } from "./page.ts";

const texts = JSON.parse(readFileSync(new URL("texts/en.json", import.meta.url), "utf8")) as HelpTexts;
const page = (support: string | null) => helpPage("en", texts, { name: "Shop & Co", support });

test("who has forgotten the security answer is told who helps, at the brand's address", () => {
  const [, answer = ""] = page("help@shop.example").split('<h2 id="security-answer">');

  expect(answer).toContain("the Shop &amp; Co team can send you a link");
  expect(answer.split("<h2>")[0]).toContain('<a href="mailto:help@shop.example">help@shop.example</a>');
});

test("without an address of the brand no answer names one", () => {
  expect(page(null)).not.toMatch(/mailto|\{\w+\}/);
});
