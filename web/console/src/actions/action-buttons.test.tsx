import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { MORE, USER, actionsApi, changes, choose, show, withActions } from "../../test/action-buttons.tsx";
import type { ApiStub } from "../../test/api-stub.ts";
import { aUser } from "../../test/samples.ts";
import type { User } from "../api/types.ts";

let api: ApiStub;

beforeEach(() => {
  api = actionsApi();
});

const buttons = () =>
  screen.queryAllByRole("button").map((button) => button.textContent || button.getAttribute("aria-label"));

function undelivered(delivery: NonNullable<User["invitation"]>["delivery"]): User {
  const { invitation } = aUser();
  return aUser({ invitation: invitation && { ...invitation, delivery }, allowed_actions: ["revoke"] });
}

test("the buttons are the allowed actions, what takes access away last, and what is rare in a menu", async () => {
  const { user } = await show(withActions("remove", "resend", "block", "deactivate", "copy_link"));

  expect(buttons()).toEqual(["Resend", "Copy link", "Deactivate", MORE]);
  await user.click(screen.getByRole("button", { name: MORE }));
  const items = await screen.findAllByRole("menuitem");
  expect(items.map(({ textContent }) => textContent)).toEqual(["Block", "Remove"]);
});

test.each([
  [aUser({ status: "declined", allowed_actions: [] }), ["Invite again"]],
  [aUser({ status: "removed", allowed_actions: [] }), ["Invite again"]],
  [aUser({ status: "removed", email: "", allowed_actions: [] }), []],
  [aUser({ status: "inactive", allowed_actions: ["reactivate"] }), ["Reactivate"]],
  [undelivered("bounced"), ["Correct the address", "Revoke"]],
  [undelivered("failed"), ["Correct the address", "Revoke"]],
  [undelivered("complained"), ["Revoke"]],
  [undelivered("sent"), ["Revoke"]],
])("there is a way back: %#", async (shown, expected) => {
  await show(shown);

  expect(buttons()).toEqual(expected);
});

test("who may not invite is offered no other invitation", async () => {
  await show(aUser({ status: "declined", allowed_actions: [] }), true, () => false);

  expect(buttons()).toEqual([]);
});

test("without allowed actions there is no button", async () => {
  await show(withActions());

  expect(buttons()).toEqual([]);
});

test("an action that the console does not know is left out", async () => {
  await show(withActions("teleport", "revoke"));

  expect(buttons()).toEqual(["Revoke"]);
});

test("an administrator may clone the permissions of someone who can be edited and has some", async () => {
  await show(withActions("edit"));
  expect(buttons()).toEqual(["Edit", MORE]);
});

test.each([
  ["an administrator’s", { admin: true }, true],
  ["anybody’s, for others than administrators", {}, false],
])("nobody clones %s permissions", async (_, changes, isAdmin) => {
  await show(aUser({ allowed_actions: ["edit"], ...changes }), isAdmin);

  expect(buttons()).toEqual(["Edit"]);
});

test("cancelling a dialog sends nothing", async () => {
  const { user, dialog } = await choose("Deactivate", withActions("deactivate"));

  await user.click(within(dialog).getByRole("button", { name: "Cancel" }));

  expect(screen.queryByRole("dialog")).toBeNull();
  expect(changes(api)).toEqual([]);
});

test.each([
  ["Deactivate", "deactivate", "Lee Sherron has been deactivated."],
  ["Remove", "remove", "Lee Sherron has been removed."],
  ["Revoke", "revoke", "Lee Sherron’s invitation has been revoked."],
])("%s is sent once confirmed, and reported", async (label, action, message) => {
  api.answer(`POST ${USER}/${action}`, aUser({ status: "inactive" }));
  const { confirm } = await choose(label, withActions(action));
  expect(changes(api)).toEqual([]);

  await confirm();

  expect(await screen.findByText(message)).toBeTruthy();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(api.sent(`POST ${USER}/${action}`)).toHaveLength(1);
  expect(api.sent(`POST ${USER}/${action}`)[0]?.headers.get("Idempotency-Key")).toBeTruthy();
});

test.each([
  ["Block", "block", "cannot be accepted until the block ends"],
  ["Deactivate", "deactivate", "are revoked"],
  ["Remove", "remove", "are revoked"],
])("%s says what becomes of the invitations that the person has sent", async (label, action, outcome) => {
  const { dialog } = await choose(label, withActions(action));

  expect(within(dialog).getByText(/^Pending invitations sent by Lee/).textContent).toContain(outcome);
});

test("a refused action is explained in its dialog", async () => {
  api.answer(`POST ${USER}/deactivate`, { code: "last_admin" }, 409);
  const { dialog, confirm } = await choose("Deactivate", withActions("deactivate"));

  await confirm();

  expect((await within(dialog).findByRole("alert")).textContent).toContain("This is the last active administrator.");
});

test("a link that was copied too often says so", async () => {
  api.answer(`POST ${USER}/invitation-link`, { code: "rate_limited", request_id: "r-1" }, 429, {
    "Retry-After": "40000",
  });
  const { dialog } = await choose("Copy link", withActions("copy_link"));

  expect((await within(dialog).findByRole("alert")).textContent).toMatch(/^This link was copied too often today\./);
});

test("a link that could not be got is asked for again on demand, as the same link", async () => {
  api.answer(`POST ${USER}/invitation-link`, {}, 502);
  const { user, dialog } = await choose("Copy link", withActions("copy_link"));
  await within(dialog).findByRole("alert");
  const link = { url: "https://usher.example/invite#t", expires_at: "2026-11-29T12:00:00Z" };
  api.answer(`POST ${USER}/invitation-link`, link);

  await user.click(within(dialog).getByRole("button", { name: "Try again" }));

  expect(await within(dialog).findByText(link.url)).toBeTruthy();
  const keys = api.sent(`POST ${USER}/invitation-link`).map(({ headers }) => headers.get("Idempotency-Key"));
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

test.each(["Revoke", "Block", "Deactivate", "Remove", "Reactivate"])(
  "%s says nothing of seats about a partner",
  async (name) => {
    const action = name.toLowerCase() as "revoke";
    const partner = aUser({ kind: "partner", partner_type: "expert_coach", allowed_actions: [action] });
    for (const status of ["invited", "expired", "active", "inactive"] as const) {
      const { dialog, unmount } = await choose(name, { ...partner, status });

      expect(dialog.textContent).not.toMatch(/seat/i);
      unmount();
    }
  },
);

test.each(["Deactivate", "Remove"])("%s: a blocked user has no access already, and gets no email", async (action) => {
  const { dialog } = await choose(action, { ...withActions(action.toLowerCase()), status: "blocked" });

  expect(within(dialog).getByText("Lee is blocked and has no access now, so no email is sent.")).toBeTruthy();
  expect(within(dialog).queryByText(/loses access/)).toBeNull();
});
