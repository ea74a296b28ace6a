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
