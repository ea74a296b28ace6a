import { expect, test } from "vitest";
import type { Entry } from "../api/types.ts";
import { describeEntry } from "./entry-text.ts";

const fromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

test.each([-3, 3])("an invitation entry has role and expiry of its link, %i days from now", (days) => {
  const after = { admin: true, expires_at: fromNow(days) };
  const { title, more } = describeEntry({ type: "user.invited", before: {}, after });
  expect(title).toBe("Invited as an administrator");
  expect(more ?? "").toMatch(/^Expiry of the link: .*20\d\d/);
});

test.each([
  ["user.blocked", { reason: "terms" }, "Reason: Breach of the terms."],
  ["user.deactivated", { reason: "access_ended" }, "Done automatically: access had an end date."],
  ["user.deactivated", { status: "inactive" }, undefined],
  ["seats.requested", { kind: "purchase", quantity: 3 }, "Purchase of 3 seats"],
  ["seats.approved", { kind: "complimentary", quantity: 1 }, "1 complimentary seat"],
  ["seats.returned", { kind: "return", quantity: 2 }, "2 seats given back"],
  ["seats.set", { purchased: 1200, granted: 5 }, "Purchased seats: 1,200. Complimentary seats: 5."],
  ["seats.set", { purchased: null, granted: 0 }, "Purchased seats: No limit. Complimentary seats: 0."],
  ["record.removed", { type: "task", record_id: "r1" }, "Tasks"],
] as const)("%s with %j says what is known", (type, after, more) => {
  expect(describeEntry({ type, before: {}, after }).more).toBe(more);
});

test("moved records have their number by type, and who got them", () => {
  const records = ["task", "contact", "task"].map((type, n) => ({ type, record_id: `r${String(n)}` }));
  const { more, person } = describeEntry({
    type: "records.moved",
    before: { owner_id: "a" },
    after: { owner_id: "b", job_id: "j", records },
  });
  expect(more).toBe("To {name}: Tasks (2), Contacts (1).");
  expect(person).toBe("b");
});

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
  expect(describeEntry(edited)).toEqual({ title: "Team edited: Sales", more: "Changed: name." });
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
