import { expect, test } from "vitest";
import type { Entry } from "../api/types.ts";
import { describeEntry } from "./entry-text.ts";

test("an invitation entry has role and expiry", () => {
  const { title, more } = describeEntry({
    type: "user.invited",
    after: { admin: true, expires_at: "2026-11-29T12:00:00Z" },
  });
  expect(title).toBe("Invited as an administrator");
  expect(more ?? "").toMatch(/^Link valid until .*2026/);
});

test("an edit entry names the fields without their values", () => {
  expect(describeEntry({ type: "user.edited", after: { fields: ["first_name", "phone"] } }).more).toBe(
    "Changed: first name and phone.",
  );
});

test("a delivery entry has the delivery's text", () => {
  expect(describeEntry({ type: "invitation.delivery_changed", after: { delivery: "bounced" } }).title).toBe(
    "Invitation email: Could not be delivered (bounced)",
  );
});

test("an entry of an unknown type is shown by its name", () => {
  expect(describeEntry({ type: "partner.promoted" as Entry["type"], after: {} }).title).toBe("partner promoted");
});
