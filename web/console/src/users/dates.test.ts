import assert from "node:assert/strict";
import { test } from "node:test";
import { formatRelative } from "./dates.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const after = (hours: number) => formatRelative(new Date(NOW + hours * 3_600_000).toISOString(), NOW);

test("an invitation that has just been sent expires in 7 days", () => {
  assert.equal(after(168 - 0.01), "in 7 days");
});

test("what is nearly a whole unit is called one", () => {
  assert.deepEqual([after(24), after(23.8), after(59.8 / 60)], ["in 1 day", "in 1 day", "in 1 hour"]);
});

test("less than a day is told in hours, and less than an hour in minutes", () => {
  assert.deepEqual([after(23.2), after(13), after(0.75)], ["in 23 hours", "in 13 hours", "in 45 minutes"]);
});

test("what is over is told from the same distance", () => {
  assert.deepEqual([after(-49), after(-2), after(-0.001)], ["2 days ago", "2 hours ago", "just now"]);
});
