import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { writeSession } from "#shared/session.ts";
import { ApiStub } from "../../test/api-stub.ts";
import { renderConsole } from "../../test/render.tsx";
import { ACCOUNT_ID, aSeatRequest, aUser, anAccount, me } from "../../test/samples.ts";

const ACCOUNTS = "/v1/operator/accounts";
const NORTHWIND = `${ACCOUNTS}/${ACCOUNT_ID}`;
const LEE = "/v1/operator/identities/lee%40example.org";
const status = (value: "active" | "blocked") => ({ identity_id: "i", email: "lee@example.org", status: value });

let api: ApiStub;

function signIn(...groups: string[]) {
  const payload = btoa(JSON.stringify({ "cognito:groups": groups }));
  const expires_at = Date.now() + 3_600_000;
  writeSession({ access_token: `h.${payload}.s`, id_token: "id", refresh_token: "refresh", expires_at });
}

beforeEach(() => {
  api = new ApiStub()
    .answer("GET /v1/me", me({ accounts: [] }))
    .answer(`GET ${ACCOUNTS}`, {
      data: [anAccount(), anAccount({ account_id: "cd456", name: "South" })],
      next_cursor: null,
    })
    .answer(`GET ${NORTHWIND}`, { ...anAccount(), seat_requests: [] });
  signIn("operators");
  vi.resetModules();
});

const button = (name: string) => screen.findByRole("button", { name });
const dialog = async () => within(await screen.findByRole("dialog"));

test("an operator without an account comes to all accounts, and searches them", async () => {
  const { user } = await renderConsole("/console/");

  expect((await screen.findByRole("link", { name: "Northwind" })).getAttribute("href")).toContain(
    "/operator/accounts/ab123",
  );
  await user.type(screen.getByLabelText("Search"), " south ");

  await vi.waitFor(() => {
    expect(api.sent(`GET ${ACCOUNTS}`).map(({ query }) => query.get("search"))).toEqual([null, "south"]);
  });
});

test("nobody else sees the pages of operators", async () => {
  signIn("taken-over");
  await renderConsole("/console/operator/accounts");

  expect(await screen.findByText("Page not found")).toBeTruthy();
  expect(api.sent(`GET ${ACCOUNTS}`)).toEqual([]);
});

test("an account is opened with its first administrator", async () => {
  api.answer(`POST ${ACCOUNTS}`, { account: anAccount(), user: {} }, 201);
  const { user } = await renderConsole("/console/operator/accounts");

  await user.click(await button("Open an account"));
  const form = await dialog();
  await user.click(form.getByRole("button", { name: "Open account" }));
  expect(form.getAllByText("Please fill this in.")).toHaveLength(3);
  await user.type(form.getByLabelText("App ID"), "AB123");
  await user.type(form.getByLabelText("Name of the account"), " Northwind ");
  await user.type(form.getByLabelText("First name"), "Ann");
  await user.type(form.getByLabelText("Last name"), "Admin");
  await user.type(form.getByLabelText("Email"), "ann@example.org");
  await user.click(form.getByRole("button", { name: "Open account" }));

  expect(await screen.findByText("Northwind is open. An invitation is on its way to ann@example.org.")).toBeTruthy();
  expect(api.sent(`POST ${ACCOUNTS}`)[0]?.body).toEqual({
    account_id: "ab123",
    name: "Northwind",
    seats: 10,
    admin: { first_name: "Ann", last_name: "Admin", email: "ann@example.org" },
  });
});

test("an App ID that is taken is refused at its field", async () => {
  api.answer(`POST ${ACCOUNTS}`, { code: "conflict" }, 409);
  const { user } = await renderConsole("/console/operator/accounts");
  await user.click(await button("Open an account"));
  const form = await dialog();
  await user.type(form.getByLabelText("App ID"), "ab123");
  await user.type(form.getByLabelText("Name of the account"), "Northwind");
  await user.type(form.getByLabelText("First name"), "Ann");
  await user.type(form.getByLabelText("Last name"), "Admin");
  await user.type(form.getByLabelText("Email"), "ann@example.org");
  await user.click(form.getByRole("button", { name: "Open account" }));

  expect(await form.findByText("An account with this App ID already exists. Choose another App ID.")).toBeTruthy();
  expect(form.queryByRole("alert")).toBeNull();
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

test("seats are set as absolute numbers, or without a limit", async () => {
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
  await user.click(again.getByRole("button", { name: "Save" }));

  await vi.waitFor(() => {
    expect(api.sent(`PUT ${NORTHWIND}/seats`).map(({ body }) => body)).toEqual([
      { purchased: 12, granted: 0 },
      { purchased: null, granted: 0 },
    ]);
  });
});

test("an ID is blocked once that is confirmed, and unblocked again", async () => {
  api.answer(`POST ${LEE}/block`, status("blocked")).answer(`POST ${LEE}/unblock`, status("active"));
  const { user } = await renderConsole("/console/operator/ids");

  await user.type(await screen.findByLabelText("Email"), "Lee Sherron <lee@example.org>");
  await user.click(await button("Block ID"));
  const confirmation = await dialog();
  expect(api.sent(`POST ${LEE}/block`)).toEqual([]);
  await user.click(confirmation.getByRole("button", { name: "Block ID" }));
  expect(await screen.findByText("The Usher ID of lee@example.org is blocked.")).toBeTruthy();
  await user.click(await button("Unblock ID"));

  expect(await screen.findByText("The Usher ID of lee@example.org is active.")).toBeTruthy();
});

const HEAD = "Erase person";

async function askToErase() {
  const { user } = await renderConsole("/console/operator/ids");
  await user.type(await screen.findByLabelText("Address of the person"), "Lee@Example.org");
  await user.click(await button(HEAD));
  return { user, confirmation: await dialog() };
}

test("a person is erased once the address has been typed again", async () => {
  const erase = "/v1/operator/identities/Lee%40Example.org/erase";
  api.answer(`POST ${erase}`, { identity_id: "i", status: "erased" });
  const { user, confirmation } = await askToErase();

  expect(confirmation.getByText("This cannot be undone. The data cannot be recovered.")).toBeTruthy();
  const typed = confirmation.getByLabelText("Type Lee@Example.org to confirm");
  await user.type(typed, "kim@example.org");
  await user.click(confirmation.getByRole("button", { name: HEAD }));
  expect(confirmation.getByText("This is not the address above.")).toBeTruthy();
  expect(api.sent(`POST ${erase}`)).toEqual([]);
  await user.clear(typed);
  await user.type(typed, "lee@example.org");
  await user.click(confirmation.getByRole("button", { name: HEAD }));

  expect(await screen.findByText("Everything about Lee@Example.org has been erased.")).toBeTruthy();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test.each([
  [404, { code: "not_found" }, "Nothing is known about this email address."],
  [
    409,
    { code: "last_admin", account_ids: ["ab123"] },
    "This person is the last active administrator of ab123. Invite another administrator there first, or suspend the account.",
  ],
  [409, { code: "cannot_act_on_self" }, undefined],
])("a refusal to erase with %d %j is told", async (status, problem, text) => {
  api.answer("POST /v1/operator/identities/Lee%40Example.org/erase", problem, status);
  const { user, confirmation } = await askToErase();

  await user.type(confirmation.getByLabelText("Type Lee@Example.org to confirm"), "lee@example.org");
  await user.click(confirmation.getByRole("button", { name: HEAD }));

  const alert = await screen.findByRole("alert");
  if (text) expect(alert.textContent).toBe(text);
  else expect(alert.textContent).not.toBe("");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("an address without an ID is told", async () => {
  api.answer(`POST ${LEE}/unblock`, { code: "not_found" }, 404);
  const { user } = await renderConsole("/console/operator/ids");

  await user.type(await screen.findByLabelText("Email"), "lee@example.org");
  await user.click(await button("Unblock ID"));

  expect((await screen.findByRole("alert")).textContent).toBe("There is no Usher ID with this email address.");
});

test("requests for seats that wait are approved or denied", async () => {
  const waiting = [aSeatRequest({ reason: "Charity", kind: "complimentary" }), aSeatRequest({ kind: "purchase" })];
  const [complimentary] = waiting;
  const requests = `POST ${NORTHWIND}/seats/requests`;
  api
    .answer(`GET ${NORTHWIND}`, { ...anAccount(), seat_requests: waiting })
    .answer(`${requests}/complimentary/approve`, { ...complimentary, status: "approved" })
    .answer(`${requests}/purchase/deny`, { code: "conflict" }, 409);
  const { user } = await renderConsole(`/console/operator/accounts/${ACCOUNT_ID}`);
  expect(await screen.findByText("Charity")).toBeTruthy();

  api.answer(`GET ${NORTHWIND}`, { ...anAccount(), seat_requests: waiting.slice(1) });
  await user.click(await button("Approve: 2 complimentary seats"));

  expect(await screen.findByText(/^Approved\. The seats are available now/)).toBeTruthy();
  await vi.waitFor(() => {
    expect(screen.queryByText("2 complimentary seats")).toBeNull();
  });
  await user.click(await button("Deny: Purchase of 2 seats"));
  expect(await screen.findByText(/^Someone else has decided on this request/)).toBeTruthy();
});

test("requests of all accounts are decided in one list", async () => {
  const requests = "GET /v1/operator/seat-requests";
  const approve = "POST /v1/operator/accounts/cd456/seats/requests/r-2/approve";
  const of = (account_id: string, name: string, request_id: string) => ({
    ...aSeatRequest({ request_id, kind: "complimentary", reason: "New team" }),
    account: { account_id, name },
  });
  const [north, south] = [of(ACCOUNT_ID, "Northwind", "r-1"), of("cd456", "South", "r-2")];
  api.answer(requests, { data: [north, south], next_cursor: null });
  api.answer(approve, aSeatRequest({ request_id: "r-2", status: "approved" }));
  const { user } = await renderConsole("/console/operator/requests");

  const link = await screen.findByRole("link", { name: "South, App ID cd456" });
  expect(link.getAttribute("href")).toContain("/operator/accounts/cd456");
  api.answer(requests, { data: [north], next_cursor: null });
  await user.click(await button("Approve: 2 complimentary seats, South, App ID cd456"));

  await vi.waitFor(() => {
    expect(screen.queryByText("South, App ID cd456")).toBeNull();
  });
  expect(api.sent(approve)).toHaveLength(1);
  expect(screen.getByText("Northwind, App ID ab123")).toBeTruthy();
});

test("without requests that wait, the page says so", async () => {
  api.answer("GET /v1/operator/seat-requests", { data: [], next_cursor: null });
  await renderConsole("/console/operator/requests");

  expect(await screen.findByText("No requests are waiting")).toBeTruthy();
});

const ADMINISTRATORS = `POST ${NORTHWIND}/administrators`;

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

test("where no seat is free for an administrator, the account's seats can be set", async () => {
  api.answer(ADMINISTRATORS, { code: "no_seat_available" }, 409);
  const { user, form } = await inviteAdministrator();

  expect((await form.findByRole("alert")).textContent).toContain("No seat is free in this account.");
  await user.click(form.getByRole("button", { name: "Set seats" }));

  expect((await dialog()).getByLabelText("Purchased seats")).toBeTruthy();
});

const RECOVERY = "POST /v1/operator/identities/Lee%40Example.org/recovery";

async function sendRecoveryLink() {
  const { user } = await renderConsole("/console/operator/ids");
  await user.type(await screen.findByLabelText("Email address of the Usher ID"), "Lee@Example.org");
  await user.click(await button("Send link"));
  const confirmation = await dialog();
  expect(api.sent(RECOVERY)).toEqual([]);
  await user.click(confirmation.getByRole("button", { name: "Send link" }));
}

test("someone who forgot the security answer is sent a link once that is confirmed", async () => {
  api.answer(RECOVERY, {}, 202);
  await sendRecoveryLink();

  expect((await screen.findByRole("status")).textContent).toBe(
    "A link to a new password is on its way to Lee@Example.org.",
  );
  expect(screen.queryByRole("dialog")).toBeNull();
});

test.each([
  [404, "not_found", "There is no Usher ID with this email address."],
  [409, "identity_blocked", "This Usher ID is blocked. Unblock it first."],
])("a refusal of that link with %d %s stands at the address", async (status, code, text) => {
  api.answer(RECOVERY, { code }, status);
  await sendRecoveryLink();

  expect(await screen.findByText(text)).toBeTruthy();
  expect(screen.getByLabelText("Email address of the Usher ID").getAttribute("aria-invalid")).toBe("true");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test.each([
  ["42", "A link was sent to this address a moment ago. You can send another one in 42 s."],
  ["40000", /^Too many links were sent to this address today\./],
])("a link that is refused for %s seconds says why", async (seconds, text) => {
  api.answer(RECOVERY, { code: "rate_limited" }, 429, { "Retry-After": seconds });
  await sendRecoveryLink();

  expect(await screen.findByText(text)).toBeTruthy();
});
