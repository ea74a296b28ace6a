import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { ApiStub } from "../../test/api-stub.ts";
import { INVITE, field, fillIn, openInvite, inviteApi } from "../../test/invite-dialog.tsx";
import { ACCOUNT_ID, aSeatRequest, anAccount } from "../../test/samples.ts";

let api: ApiStub;

beforeEach(() => {
  api = inviteApi();
});

const FULL = anAccount({ seats: { limit: 2, used: 2, available: 0 } });

test("a full account is reported before anything is entered, with what frees a seat", async () => {
  const { user, onClose } = await openInvite({ account: FULL });

  const warning = within(screen.getByRole("status"));
  expect(warning.getByText("No seat is free")).toBeTruthy();
  const free = warning.getByRole("link", { name: "Deactivate someone" });
  expect(free.getAttribute("href")).toBe(`/console/${ACCOUNT_ID}/users?status=active`);
  await user.click(free);
  expect(onClose).toHaveBeenCalledOnce();
});

test.each([
  ["Buy a seat", "purchase"],
  ["Ask for a complimentary seat", "complimentary"],
] as const)("%s: the seat is asked for, and what was entered is still there", async (way, kind) => {
  const REQUEST = `POST /v1/accounts/${ACCOUNT_ID}/seats/requests`;
  api.answer(REQUEST, aSeatRequest({ kind }), 201);
  const { user } = await openInvite({ account: FULL });
  await fillIn(user);

  await user.click(screen.getByRole("button", { name: way }));
  await user.click(await screen.findByRole("button", { name: "Send request" }));

  expect(await screen.findByRole("dialog", { name: "Invite someone to Northwind" })).toBeTruthy();
  expect(field("Email").value).toBe("lee@example.org");
  expect(api.sent(REQUEST).map(({ body }) => body)).toEqual([{ kind, quantity: 1, reason: null }]);
  expect(api.sent(INVITE)).toEqual([]);
});

test("who is no administrator is sent to one for a seat", async () => {
  await openInvite({ account: FULL, isAdmin: false });

  const warning = within(screen.getByRole("status"));
  expect(warning.getByText(/An administrator can get more seats/)).toBeTruthy();
  expect(warning.queryByRole("button")).toBeNull();
  expect(warning.queryByRole("link")).toBeNull();
});
