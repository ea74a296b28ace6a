import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { ApiStub } from "../../test/api-stub.ts";
import { NORTHWIND, button, dialog, operatorApi } from "../../test/operator.ts";
import { renderConsole } from "../../test/render.tsx";
import { ACCOUNT_ID, aSeatRequest, aUser, anAccount } from "../../test/samples.ts";

const ADMINISTRATORS = `POST ${NORTHWIND}/administrators`;

let api: ApiStub;

beforeEach(() => {
  api = operatorApi();
});

test("an account is suspended once that is confirmed, and shown so", async () => {
  api.answer(`POST ${NORTHWIND}/suspend`, anAccount({ status: "suspended" }));
  const { user } = await renderConsole(`/console/operator/accounts/${ACCOUNT_ID}`);

  await user.click(await button("Suspend"));
  await user.click((await dialog()).getByRole("button", { name: "Suspend" }));

  expect(await screen.findByText("Northwind is suspended.")).toBeTruthy();
  expect(await screen.findByText("Suspended")).toBeTruthy();
  expect(await button("Resume")).toBeTruthy();
});

test("seats are set as absolute numbers, or without a limit; what is left empty stays as it is", async () => {
  api.answer(`PUT ${NORTHWIND}/seats`, anAccount({ seats: { limit: 12, used: 3, available: 9 } }));
  const { user } = await renderConsole(`/console/operator/accounts/${ACCOUNT_ID}`);

  await user.click(await button("Set seats"));
  const form = await dialog();
  await user.type(form.getByLabelText("Purchased seats"), "12");
  await user.click(form.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("The seats of Northwind have been set.")).toBeTruthy();
  await user.click(await button("Set seats"));
  const again = await dialog();
  await user.click(again.getByLabelText("No limit"));
  await user.type(again.getByLabelText("Complimentary seats"), "0");
  await user.click(again.getByRole("button", { name: "Save" }));

  await vi.waitFor(() => {
    expect(api.sent(`PUT ${NORTHWIND}/seats`).map(({ body }) => body)).toEqual([
      { purchased: 12 },
      { purchased: null, granted: 0 },
    ]);
  });
});

test("requests for seats that wait are approved or denied", async () => {
  const waiting = [aSeatRequest({ reason: "Charity", kind: "complimentary" }), aSeatRequest({ kind: "purchase" })];
  const [complimentary] = waiting;
  const requests = `POST ${NORTHWIND}/seats/requests`;
  api
    .answer(`GET ${NORTHWIND}`, { ...anAccount(), seat_requests: waiting, administrators: [] })
    .answer(`${requests}/complimentary/approve`, { ...complimentary, status: "approved" })
    .answer(`${requests}/purchase/deny`, { code: "conflict" }, 409);
  const { user } = await renderConsole(`/console/operator/accounts/${ACCOUNT_ID}`);
  expect(await screen.findByText("Charity")).toBeTruthy();

  api.answer(`GET ${NORTHWIND}`, { ...anAccount(), seat_requests: waiting.slice(1), administrators: [] });
  await user.click(await button("Approve: 2 complimentary seats"));

  expect(await screen.findByText(/^Approved\. The seats are available now/)).toBeTruthy();
  await vi.waitFor(() => {
    expect(screen.queryByText("2 complimentary seats")).toBeNull();
  });
  await user.click(await button("Deny: Purchase of 2 seats"));
  expect(await screen.findByText(/^Someone else has decided on this request/)).toBeTruthy();
});

test("administrators are listed with what became of their mail, and sent a new link", async () => {
  const ann = aUser({
    first_name: "Ann",
    last_name: "Stone",
    email: "ann@example.org",
    admin: true,
    status: "active",
    invitation: null,
  });
  const invited = aUser({
    user_id: "b".repeat(26),
    first_name: "Bea",
    last_name: "Hill",
    email: "bea@example.org",
    admin: true,
  });
  const bea = { ...invited, invitation: invited.invitation && { ...invited.invitation, delivery: "bounced" as const } };
  api
    .answer(`GET ${NORTHWIND}`, { ...anAccount(), seat_requests: [], administrators: [ann, bea] })
    .answer(ADMINISTRATORS, bea, 201);
  const { user } = await renderConsole(`/console/operator/accounts/${ACCOUNT_ID}`);

  const list = within(await screen.findByRole("list", { name: "Administrators" }));
  expect(list.getByText("ann@example.org")).toBeTruthy();
  expect(list.getByText("Could not be delivered (bounced)")).toBeTruthy();
  await user.click(list.getByRole("button", { name: "Resend Bea Hill’s invitation" }));

  expect(await screen.findByText(/^New invitation sent to bea@example\.org/)).toBeTruthy();
  expect(api.sent(ADMINISTRATORS).map(({ body }) => body)).toEqual([
    { first_name: "Bea", last_name: "Hill", email: "bea@example.org" },
  ]);
});

test("an administrator who was invited without a last name gets a new invitation", async () => {
  const bea = aUser({ first_name: "Bea", last_name: "", email: "bea@example.org", admin: true });
  api
    .answer(`GET ${NORTHWIND}`, { ...anAccount(), seat_requests: [], administrators: [bea] })
    .answer(ADMINISTRATORS, bea, 201);
  const { user } = await renderConsole(`/console/operator/accounts/${ACCOUNT_ID}`);

  await user.click(await button("Resend Bea’s invitation"));

  expect(await screen.findByText(/^New invitation sent to bea@example\.org/)).toBeTruthy();
  expect(api.sent(ADMINISTRATORS).map(({ body }) => body)).toEqual([{ first_name: "Bea", email: "bea@example.org" }]);
});

test("nobody is offered to invite administrators into a suspended account", async () => {
  const suspended = anAccount({ status: "suspended" });
  const ann = aUser({ email: "ann@example.org", admin: true });
  api.answer(`GET ${NORTHWIND}`, { ...suspended, seat_requests: [], administrators: [ann] });
  await renderConsole(`/console/operator/accounts/${ACCOUNT_ID}`);

  expect(await screen.findByText("ann@example.org")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Invite an administrator" })).toBeNull();
  expect(screen.queryByRole("button", { name: /^Resend/ })).toBeNull();
});

test("an administrator of an account that asks for no last name is invited without one", async () => {
  const account = anAccount();
  const simple = { ...account, settings: { ...account.settings, invite_profile: "simple" as const } };
  api
    .answer(`GET ${NORTHWIND}`, { ...simple, seat_requests: [], administrators: [] })
    .answer(ADMINISTRATORS, aUser({ email: "ann@example.org", admin: true }), 201);
  const { user } = await renderConsole(`/console/operator/accounts/${ACCOUNT_ID}`);
  await user.click(await button("Invite an administrator"));
  const form = await dialog();
  expect(form.getByLabelText("Last name (optional)")).toBeTruthy();
  await user.type(form.getByLabelText("First name"), "Ann");
  await user.type(form.getByLabelText("Email"), "ann@example.org");
  await user.click(form.getByRole("button", { name: "Send invitation" }));

  expect(await screen.findByText("An invitation is on its way to ann@example.org.")).toBeTruthy();
  expect(api.sent(ADMINISTRATORS)[0]?.body).toEqual({ first_name: "Ann", email: "ann@example.org" });
});

async function inviteAdministrator() {
  const { user } = await renderConsole(`/console/operator/accounts/${ACCOUNT_ID}`);
  await user.click(await button("Invite an administrator"));
  const form = await dialog();
  await user.type(form.getByLabelText("First name"), "Ann");
  await user.type(form.getByLabelText("Last name"), "Admin");
  await user.type(form.getByLabelText("Email"), "Ann Admin <ann@example.org>");
  await user.click(form.getByRole("button", { name: "Send invitation" }));
  return { user, form };
}

test("a further administrator is invited to an account", async () => {
  api.answer(ADMINISTRATORS, aUser({ email: "ann@example.org", admin: true }), 201);
  await inviteAdministrator();

  expect(await screen.findByText("An invitation is on its way to ann@example.org.")).toBeTruthy();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(api.sent(ADMINISTRATORS)[0]?.body).toEqual({
    first_name: "Ann",
    last_name: "Admin",
    email: "ann@example.org",
  });
});

test.each([
  ["already_member", /already belongs to an active user/],
  ["user_inactive", /One of its administrators can reactivate that user/],
])("a refusal of an administrator with %s stands at the address", async (code, text) => {
  api.answer(ADMINISTRATORS, { code }, 409);
  const { form } = await inviteAdministrator();

  expect(await form.findByText(text)).toBeTruthy();
  expect(form.getByLabelText("Email").getAttribute("aria-invalid")).toBe("true");
  expect(form.queryByRole("alert")).toBeNull();
});

test("a refusal leaves the form open for another attempt, whatever the account is by then", async () => {
  api.answer(
    ADMINISTRATORS,
    () => {
      api.hold(`GET ${NORTHWIND}`);
      return { code: "already_member" };
    },
    409,
  );
  const { user, form } = await inviteAdministrator();
  await form.findByText(/already belongs to an active user/);

  await user.type(form.getByLabelText("Email"), "{Control>}a{/Control}kim@example.org");
  await user.click(form.getByRole("button", { name: "Send invitation" }));

  await vi.waitFor(() => {
    expect(api.sent(ADMINISTRATORS)).toHaveLength(2);
  });
});

test("where no seat is free for an administrator, the seats can be set, and nothing typed is lost", async () => {
  api.answer(ADMINISTRATORS, { code: "no_seat_available" }, 409);
  const { user, form } = await inviteAdministrator();

  expect((await form.findByRole("alert")).textContent).toContain("No seat is free in this account.");
  await user.click(form.getByRole("button", { name: "Set seats" }));

  api.answer(`PUT ${NORTHWIND}/seats`, anAccount());
  const seats = await dialog();
  await user.type(seats.getByLabelText("Purchased seats"), "12");
  await user.click(seats.getByRole("button", { name: "Save" }));
  const again = within(await screen.findByRole("dialog", { name: "Invite an administrator to Northwind" }));
  expect(again.getByLabelText<HTMLInputElement>("Email").value).toBe("Ann Admin <ann@example.org>");
  expect(again.queryByRole("alert")).toBeNull();
});
