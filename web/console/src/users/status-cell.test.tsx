import { screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { renderWithProviders } from "../../test/render.tsx";
import { aUser } from "../../test/samples.ts";
import type { User } from "../api/types.ts";
import { StatusCell } from "./status-cell.tsx";

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-22T12:05:00Z"), toFake: ["Date"] });
});

afterEach(() => {
  vi.useRealTimers();
});

async function show(
  changes: Partial<User>,
  delivery: NonNullable<User["invitation"]>["delivery"] = "sent",
): Promise<string> {
  const { invitation } = aUser();
  const shown = aUser({ invitation: invitation && { ...invitation, delivery }, ...changes });
  return (await renderWithProviders(<StatusCell user={shown} />)).container.textContent;
}

test("an open invitation shows when it expires", async () => {
  expect(await show({ status: "invited" })).toContain("InvitedResendexpires in 7 days");
});

test("an expired invitation shows when it expired", async () => {
  vi.setSystemTime(new Date("2026-12-01T12:00:00Z"));

  expect(await show({ status: "expired" })).toContain("ExpiredResendexpired 2 days ago");
});

test("an active user has neither expiry nor delivery", async () => {
  expect(await show({ status: "active", allowed_actions: [] }, "bounced")).toMatch(/Active$/);
});

test.each([
  ["bounced", "Could not be delivered (bounced)"],
  ["complained", "Marked as junk"],
  ["failed", "Could not be sent"],
] as const)("a pending invitation that %s says so", async (delivery, text) => {
  expect(await show({ status: "invited" }, delivery)).toContain(text);
});

test.each(["queued", "sent", "delivered"] as const)("a delivery that is %s is not mentioned", async (delivery) => {
  expect(await show({ status: "invited" }, delivery)).toMatch(/expires in 7 days$/);
});

test("a bounced invitation says what helps, with its cure", async () => {
  expect(await show({ status: "invited" }, "bounced")).toContain("Check the address.");

  expect(screen.getByRole("button", { name: "Correct the address" })).toBeTruthy();
});

test.each([
  ["complained", ["resend", "copy_link"], "Share the link another way."],
  ["complained", ["resend"], "Contact this person another way."],
  ["failed", ["resend", "copy_link"], "Try again, or share the link another way."],
  ["failed", ["resend"], "Try again, or contact this person another way."],
] as const)("an invitation that %s advises who may do %j", async (delivery, actions, advice) => {
  const allowed_actions = [...actions] as User["allowed_actions"];
  expect(await show({ status: "invited", allowed_actions }, delivery)).toContain(advice);
});

test("an invitation that was revoked says so, other than someone who was removed", async () => {
  expect(await show({ status: "removed", allowed_actions: [] })).toMatch(/Revoked$/);
  expect(await show({ status: "removed", invitation: null, allowed_actions: [] })).toMatch(/Removed$/);
});

test("resend is offered only if it is allowed", async () => {
  await show({ status: "invited", allowed_actions: ["revoke"] });

  expect(screen.queryByRole("button")).toBeNull();
});

test.each([
  ["active", "2026-12-05T12:00:00Z", "Access ends Dec 5, 2026"],
  ["invited", "2026-12-05T12:00:00Z", "Access ends Dec 5, 2026"],
  ["inactive", "2026-11-21T12:00:00Z", "Access ended Nov 21, 2026"],
] as const)("an end of access is shown to be ahead or over (%s)", async (status, access_until, text) => {
  expect(await show({ status, access_until, allowed_actions: [] })).toContain(text);
});

test("an end of access at midnight is shown with its time, since there is none on that day", async () => {
  const access_until = new Date(2026, 11, 5).toISOString();

  expect(await show({ status: "active", access_until, allowed_actions: [] })).toMatch(
    /Access ends Dec 5, 2026, 12:00\sAM/,
  );
});

test("someone who declined has no access that could end", async () => {
  expect(await show({ status: "declined", access_until: "2026-12-05T12:00:00Z" })).not.toContain("Access");
});

test("records that wait for a new owner are counted", async () => {
  expect(await show({ status: "inactive", records_waiting: 1_200, allowed_actions: [] })).toMatch(
    /1,200 records waiting$/,
  );
  expect(await show({ status: "inactive", records_waiting: 0, allowed_actions: [] })).toMatch(/Inactive$/);
});
