import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { ApiStub } from "../../test/api-stub.ts";
import { INVITE, errorOf, field, fill, fillIn, openInvite, send, inviteApi } from "../../test/invite-dialog.tsx";
import { ACCOUNT_ID, USER_ID, aUser } from "../../test/samples.ts";

let api: ApiStub;

beforeEach(() => {
  api = inviteApi();
});

test("a refusal without fields is shown in the dialog, which keeps its values", async () => {
  api.answer(INVITE, { code: "no_seat_available" }, 409);
  const { user } = await openInvite();
  await fillIn(user);

  await send(user);

  const alert = await within(screen.getByRole("dialog")).findByRole("alert");
  expect(alert.textContent).toContain("No seat is free");
  await waitFor(() => {
    expect(
      within(alert)
        .getAllByRole("button")
        .map(({ textContent }) => textContent),
    ).toEqual(["Buy a seat", "Ask for a complimentary seat"]);
  });
  expect(field("Email").value).toBe("lee@example.org");
});

test("a refusal of the address stands at its field with its cure, until the form changes", async () => {
  api.answer(INVITE, { code: "already_invited", user_id: USER_ID }, 409);
  api.answer(`GET /v1/accounts/${ACCOUNT_ID}/users/${USER_ID}`, aUser());
  const { user, onClose } = await openInvite();
  await fillIn(user);
  await send(user);

  await waitFor(() => {
    expect(errorOf("Email")).toContain("already been invited");
  });
  expect(await screen.findByRole("button", { name: "Resend Lee Sherron’s invitation" })).toBeTruthy();
  const view = screen.getByRole("link", { name: "View user" });
  await fill(user, "Email", "x");
  expect(screen.queryByRole("link", { name: "View user" })).toBeNull();
  expect(field("Email").getAttribute("aria-invalid")).not.toBe("true");
  expect(view.getAttribute("href")).toContain(`/${ACCOUNT_ID}/users/${USER_ID}`);
  expect(onClose).not.toHaveBeenCalled();
});

test("an address that is there already is said before the rest is filled in, until it is changed", async () => {
  const BATCH = `${INVITE}/batch`;
  const refused = { index: 0, email: "lee@example.org", outcome: "refused", detail: null, errors: [], user: null };
  api.answer(BATCH, { results: [{ ...refused, code: "already_member", user_id: USER_ID }] });
  api.answer(`GET /v1/accounts/${ACCOUNT_ID}/users/${USER_ID}`, aUser({ status: "active" }));
  const { user } = await openInvite();

  await fill(user, "Email", "Lee <lee@example.org>");
  await user.click(field("First name"));

  await waitFor(() => {
    expect(errorOf("Email")).toContain("already belongs to an active user");
  });
  expect(screen.getByRole("link", { name: "View user" })).toBeTruthy();
  expect(document.activeElement).toBe(field("First name"));
  expect(api.sent(BATCH)[0]?.body).toMatchObject({ users: [{ email: "lee@example.org" }], dry_run: true });
  expect(api.sent(INVITE)).toEqual([]);
  await fill(user, "Email", ".uk");
  expect(screen.queryByRole("link", { name: "View user" })).toBeNull();
});
