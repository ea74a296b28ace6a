import assert from "node:assert/strict";
import { test } from "node:test";
import type { Entry } from "../api/types.ts";
import { describeEntry } from "./journal-entry.ts";

test("an invitation says as what, and until when its link works", () => {
  const { title, more } = describeEntry({
    type: "user.invited",
    after: { admin: true, expires_at: "2026-11-29T12:00:00Z" },
  });
  assert.equal(title, "Invited as an administrator");
  assert.match(more ?? "", /^The link works until .*2026/);
});

test("an edit says what was edited, and never to what", () => {
  assert.equal(
    describeEntry({ type: "user.edited", after: { fields: ["first_name", "phone"] } }).more,
    "Changed: first name, telephone.",
  );
});

test("what became of a mail is told in words", () => {
  assert.equal(
    describeEntry({ type: "invitation.delivery_changed", after: { delivery: "bounced" } }).title,
    "The mail came back",
  );
});

test("an entry of a kind yet to come is shown all the same", () => {
  assert.equal(describeEntry({ type: "partner.left" as Entry["type"], after: {} }).title, "partner left");
});
