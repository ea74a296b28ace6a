import { expect, test } from "vitest";
import { aUser } from "../../test/samples.ts";
import { usersFile } from "./export-users.ts";

const lines = (file: string) => file.replace("\uFEFF", "").trimEnd().split("\r\n");

test("a file has a title for each column, and a line for each user", () => {
  const joined = aUser({
    status: "active",
    admin: true,
    email: "lee@xn--mller-kva.example",
    groups: [
      { group_id: "a", name: "Sales" },
      { group_id: "b", name: "Service" },
    ],
    joined_at: "2026-11-23T12:00:00Z",
  });

  const [titles, line] = lines(usersFile([joined]));

  expect(titles).toBe("First name,Last name,Email,Status,Role,Groups,Invited,Joined,Last seen,User ID");
  expect(line).toContain('Lee,Sherron,lee@müller.example,Active,Administrator,"Sales, Service",2026-11-22T12:00:00Z');
  expect(line?.split(",")).toHaveLength(11);
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])(
  "a name that begins with a formula stays text: %j",
  (name) => {
    const [, line = ""] = usersFile([aUser({ first_name: name })]).split("\r\n");

    expect(line).toMatch(/^"?'/);
  },
);
