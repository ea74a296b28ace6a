import { expect, test } from "vitest";
import { formatRelative } from "./dates.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const after = (hours: number) => formatRelative(new Date(NOW + hours * 3_600_000).toISOString(), NOW);

test("a distance just below 7 days is 7 days", () => {
  expect(after(168 - 0.01)).toBe("in 7 days");
});

test("a nearly full unit is rounded up to it", () => {
  expect([after(24), after(23.8), after(59.8 / 60)]).toEqual(["in 1 day", "in 1 day", "in 1 hour"]);
});

test("less than a day is in hours, less than an hour in minutes", () => {
  expect([after(23.2), after(13), after(0.75)]).toEqual(["in 23 hours", "in 13 hours", "in 45 minutes"]);
});

test("the past is rounded like the future", () => {
  expect([after(-49), after(-2), after(-0.001)]).toEqual(["2 days ago", "2 hours ago", "just now"]);
});
