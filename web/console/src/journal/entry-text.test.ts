import { expect, test } from "vitest";
import type { Entry } from "../api/types.ts";
import { describeEntry } from "./entry-text.ts";

const fromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

test("an invitation entry has role and expiry", () => {
  const after = { admin: true, expires_at: fromNow(3) };
  const { title, more } = describeEntry({ type: "user.invited", before: {}, after });
  expect(title).toBe("Invited as an administrator");
  expect(more ?? "").toMatch(/^Link valid until .*20\d\d/);
});

test.each(["user.invited", "invitation.resent"] as const)(
  "%s speaks of a link that has expired in the past",
  (type) => {
    const { more } = describeEntry({ type, before: {}, after: { expires_at: fromNow(-3) } });
    expect(more ?? "").toMatch(/^The link worked until .*20\d\d/);
  },
);

test("an edit entry names the fields without their values", () => {
  expect(describeEntry({ type: "user.edited", before: {}, after: { fields: ["first_name", "phone"] } }).more).toBe(
    "Changed: first name and phone.",
  );
});

test("an edit entry names changed rights", () => {
  const rights = { admin: true, groups: ["administrators"], fields: ["reference"] };
  expect(describeEntry({ type: "user.edited", before: { admin: false }, after: rights }).more).toBe(
    "Changed: reference, administrator and groups.",
  );
});

test("an entry that is no edit lists no changes", () => {
  expect(describeEntry({ type: "user.joined", before: {}, after: { groups: ["everyone"] } }).more).toBeUndefined();
});

test("a team's edit has its name, if that has changed, and what else did", () => {
  const edited = { type: "team.edited", before: { name: "Sale" }, after: { team_id: "t1", name: "Sales" } } as const;
  expect(describeEntry(edited)).toEqual({ title: "Edited a team: Sales", more: "Changed: name." });
});

test("a delivery entry has the delivery's text", () => {
  expect(describeEntry({ type: "invitation.delivery_changed", before: {}, after: { delivery: "bounced" } }).title).toBe(
    "Invitation email: Could not be delivered (bounced)",
  );
});

test("an entry of an unknown type is shown by its name", () => {
  expect(describeEntry({ type: "partner.promoted" as Entry["type"], before: {}, after: {} }).title).toBe(
    "partner promoted",
  );
});
