import { expect, test } from "vitest";
import { fromLocalInput, toLocalInput } from "./local-moment.ts";

test.each(["2031-05-01T12:00:00.000Z", "2031-12-31T23:59:00.000Z", "2032-02-29T00:00:00.000Z"])(
  "%s survives the way through the input",
  (iso) => {
    const local = toLocalInput(iso);

    expect(local).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/);
    expect(fromLocalInput(local)).toBe(iso);
  },
);

test("an empty input is no moment", () => {
  expect(toLocalInput(null)).toBe("");
  expect(fromLocalInput("")).toBeNull();
});

test.each(["20261-05-01T14:00", "275761-01-01T00:00", "2031-13-01T00:00", "10000-01-01T00:00"])(
  "%s is no moment, and nothing is thrown",
  (value) => {
    expect(fromLocalInput(value)).toBeNull();
  },
);
