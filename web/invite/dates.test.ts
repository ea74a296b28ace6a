import { expect, test, vi } from "vitest";
import { formatRelative } from "./dates.ts";

let language = "en";
vi.mock("./texts/index.ts", () => ({ dateLanguage: () => language }));

const NOW = Date.parse("2026-11-22T12:00:00Z");
const after = (minutes: number) => formatRelative(new Date(NOW + minutes * 60_000).toISOString(), NOW);

test("less than an hour is in minutes, and a moment away is a minute", () => {
  expect([59, 29, 1, 0.2, -0.2, -20].map(after)).toEqual([
    "in 59 minutes",
    "in 29 minutes",
    "in 1 minute",
    "in 1 minute",
    "1 minute ago",
    "20 minutes ago",
  ]);
});

test("a nearly full hour is one, and more than a day is in days", () => {
  expect([59.8, 90, 24 * 60, 7 * 24 * 60 - 1].map(after)).toEqual([
    "in 1 hour",
    "in 2 hours",
    "in 24 hours",
    "in 7 days",
  ]);
});

test.each([
  ["de", "in 29 Minuten"],
  ["es", "dentro de 29 minutos"],
  ["fr", "dans 29 minutes"],
])("%s has minutes, too", (locale, text) => {
  language = locale;

  expect(after(29)).toBe(text);
});
