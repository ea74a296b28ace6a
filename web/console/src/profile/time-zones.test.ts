import { expect, test } from "vitest";
import { timeIn, timeZones } from "./time-zones.ts";

test("every zone is listed once, in its region", () => {
  const zones = timeZones("Europe/Berlin", { Europe: "Europa" });
  const values = zones.flatMap(({ items }) => items.map(({ value }) => value));
  expect(new Set(values).size).toBe(values.length);
  expect(zones.find(({ group }) => group === "Europa")?.items.find(({ value }) => value === "Europe/Berlin")).toEqual({
    value: "Europe/Berlin",
    label: "Berlin",
  });
  expect(values.includes("UTC")).toBe(true);
});

test("the user's own zone is listed under its older name", () => {
  const values = timeZones("Asia/Calcutta", {}).flatMap(({ items }) => items.map(({ value }) => value));
  expect(values.filter((value) => value === "Asia/Calcutta").length).toBe(1);
});

test("the time is formatted in the given zone", () => {
  const noon = new Date("2026-11-22T12:00:00Z");
  expect(timeIn("Asia/Tokyo", "de", noon)).toBe("21:00");
  expect(timeIn("Asia/Tokyo", "en-GB", noon)).toBe("21:00");
  expect(timeIn("Asia/Tokyo", "en", noon)).toMatch(/^09:00\sPM$/);
});

test("a zone that the browser does not know has no time, and nothing is thrown", () => {
  expect(timeIn("Europe/Atlantis", "en")).toBeNull();
});
