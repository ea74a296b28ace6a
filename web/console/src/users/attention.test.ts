import { expect, test } from "vitest";
import { aUser } from "../../test/samples.ts";
import type { User } from "../api/types.ts";
import { needsAttention } from "./attention.ts";

const EXPIRES = Date.parse("2026-11-29T12:00:00Z");
const HOUR = 3_600_000;

type Delivery = NonNullable<User["invitation"]>["delivery"];

function invited(delivery: Delivery, changes: Partial<User> = {}): User {
  const { invitation } = aUser();
  return aUser({ invitation: invitation && { ...invitation, delivery }, ...changes });
}

test.each([
  ["bounced", true],
  ["complained", true],
  ["failed", true],
  ["queued", false],
  ["sent", false],
  ["delivered", false],
] as const)("an invitation that is %s needs attention: %s", (delivery, expected) => {
  expect(needsAttention(invited(delivery), EXPIRES - 48 * HOUR)).toBe(expected);
});

test("an invitation needs attention in its last day", () => {
  expect(needsAttention(invited("sent"), EXPIRES - 25 * HOUR)).toBe(false);
  expect(needsAttention(invited("sent"), EXPIRES - 23 * HOUR)).toBe(true);
});

test("an expired invitation does, and nobody who has joined or declined", () => {
  expect(needsAttention(invited("sent", { status: "expired" }), EXPIRES + HOUR)).toBe(true);
  expect(needsAttention(invited("bounced", { status: "declined" }), EXPIRES)).toBe(false);
  expect(needsAttention(invited("bounced", { status: "active" }), EXPIRES)).toBe(false);
});
