import assert from "node:assert/strict";
import { test } from "node:test";
import { timeIn, timeZones } from "./time-zones.ts";

test("every zone stands once, below its continent", () => {
  const zones = timeZones("Europe/Berlin", { Europe: "Europa" });
  const values = zones.flatMap(({ items }) => items.map(({ value }) => value));
  assert.equal(new Set(values).size, values.length);
  assert.deepEqual(
    zones.find(({ group }) => group === "Europa")?.items.find(({ value }) => value === "Europe/Berlin"),
    { value: "Europe/Berlin", label: "Berlin" },
  );
  assert.ok(values.includes("UTC"));
});

test("a zone that the browser knows under an older name is there as well", () => {
  const values = timeZones("Asia/Calcutta", {}).flatMap(({ items }) => items.map(({ value }) => value));
  assert.equal(values.filter((value) => value === "Asia/Calcutta").length, 1);
});

test("clocks elsewhere show another time", () => {
  const noon = new Date("2026-11-22T12:00:00Z");
  assert.equal(timeIn("Asia/Tokyo", "de", noon), "21:00");
  assert.match(timeIn("Asia/Tokyo", "en", noon), /^09:00\sPM$/);
});
