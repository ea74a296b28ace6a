import { expect, test } from "vitest";
import { reasonOf } from "./answers.ts";

test("a limit of emails is said without a time, since it may be a minute's or a day's", () => {
  const row = { id: 1, first_name: "Lee", last_name: "Sherron", email: "lee@example.org" };

  expect(reasonOf(row, { email: row.email, code: "rate_limited", errors: [] })).toBe(
    "The limit on emails to this person or from this account has been reached. Try again later.",
  );
});
