import { expect, test } from "vitest";
import { reasonOf } from "./answers.ts";

const row = { id: 1, first_name: "Lee", last_name: "Sherron", email: "lee@example.org" };

test("a limit of emails is said without a time, since it may be a minute's or a day's", () => {
  expect(reasonOf(row, { email: row.email, code: "rate_limited", errors: [] }, [])).toBe(
    "The limit on emails to this person or from this account has been reached. Try again later.",
  );
});

test.each([
  [[], "Please choose at least one group."],
  [["sales"], "A group that you chose no longer exists. Choose another."],
])("groups that are refused (%s) are missing, or one of them no longer exists", (groups, text) => {
  const errors = [{ field: "groups", message: "No." }];

  expect(reasonOf(row, { email: row.email, code: "invalid_request", errors }, groups)).toBe(text);
});
