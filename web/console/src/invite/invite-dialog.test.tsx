import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { ApiStub } from "../../test/api-stub.ts";
import { INVITE, fill, fillIn, openInvite, send, withSettings, inviteApi } from "../../test/invite-dialog.tsx";
import { USER_ID, aUser } from "../../test/samples.ts";

let api: ApiStub;

beforeEach(() => {
  api = inviteApi();
});

test("a valid form is sent trimmed, reported and closed", async () => {
  api.answer(INVITE, aUser(), 201);
  const { user, onClose } = await openInvite();
  await fillIn(user);
  await user.click(screen.getByRole("switch", { name: /^Administrator/ }));

  await send(user);

  expect(await screen.findByText("Invitation sent to lee@example.org.")).toBeTruthy();
  expect(screen.getByRole("link", { name: "View" }).getAttribute("href")).toContain(`/users/${USER_ID}`);
  expect(onClose).toHaveBeenCalledOnce();
  expect(api.sent(INVITE).map(({ body }) => body)).toEqual([
    {
      first_name: "Lee",
      last_name: "Sherron",
      email: "lee@example.org",
      admin: true,
      groups: [],
      locale: "en",
      message: null,
      notify: [],
      phone: null,
    },
  ]);
});

test("who may not see the users is not led to the one who is invited", async () => {
  api.answer(INVITE, aUser(), 201);
  const { user } = await openInvite({ isAdmin: false, may: (permission) => permission !== "users.view" });
  await fillIn(user);

  await send(user);

  expect(await screen.findByText("Invitation sent to lee@example.org.")).toBeTruthy();
  expect(screen.queryByRole("link", { name: "View" })).toBeNull();
});

test("the last name is optional if the account asks for the first name only", async () => {
  api.answer(INVITE, aUser(), 201);
  const { user, onClose } = await openInvite({ account: withSettings({ invite_profile: "simple" }) });
  await fill(user, "First name", "Lee");
  await fill(user, "Email", "lee@example.org");

  await send(user);

  await waitFor(() => {
    expect(onClose).toHaveBeenCalledOnce();
  });
  expect(api.sent(INVITE)[0]?.body).toMatchObject({ first_name: "Lee", last_name: null });
});

test("only administrators can invite an administrator", async () => {
  await openInvite({ isAdmin: false });

  expect(screen.queryByRole("switch", { name: /^Administrator/ })).toBeNull();
});

test("the administrators' group is no choice, and an administrator needs no group", async () => {
  api.answer(INVITE, aUser({ admin: true }), 201);
  const { user } = await openInvite();
  await fillIn(user);
  await user.click(screen.getByRole("combobox", { name: "Groups" }));
  expect(await screen.findByRole("option", { name: "Everyone" })).toBeTruthy();
  expect(screen.queryByRole("option", { name: "Administrators" })).toBeNull();

  await user.click(screen.getByRole("option", { name: "Everyone" }));
  await user.click(screen.getByRole("switch", { name: /^Administrator/ }));
  await send(user);

  expect(await screen.findByText("lee@example.org has been invited as an administrator.")).toBeTruthy();
  expect(api.sent(INVITE)[0]?.body).toMatchObject({ admin: true, groups: [] });
});

test("the language is the account's until another one is chosen", async () => {
  api.answer(INVITE, aUser(), 201);
  const { user } = await openInvite({ account: withSettings({ locale: "fr" }) });
  await fillIn(user);
  const language = screen.getByLabelText<HTMLSelectElement>("Language of the invitation");
  expect(language.value).toBe("fr");

  await user.selectOptions(language, "es");
  await send(user);

  await waitFor(() => {
    expect(api.sent(INVITE)[0]?.body).toMatchObject({ locale: "es" });
  });
});

test("a repeated request has the same Idempotency-Key until the form changes", async () => {
  api.answer(INVITE, { code: "conflict" }, 409);
  const { user } = await openInvite();
  await fillIn(user);

  for (const attempt of [1, 2, 3]) {
    if (attempt === 3) await fill(user, "First name", "Max");
    await send(user);
    await waitFor(() => {
      expect(api.sent(INVITE)).toHaveLength(attempt);
    });
    await screen.findByRole("alert");
  }

  const [first, second, third] = api.sent(INVITE).map(({ headers }) => headers.get("Idempotency-Key"));
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});
