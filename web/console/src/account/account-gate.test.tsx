import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, GROUPS, USER_ID, aUser, anAccount, me } from "../../test/samples.ts";

const ACCOUNT = `GET /v1/accounts/${ACCOUNT_ID}`;

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub();
  signInForTest();
  // The session is read when the store is loaded.
  vi.resetModules();
});

async function open(path: string) {
  history.replaceState(null, "", path);
  const { AccountGate } = await import("./account-gate.tsx");
  return renderWithProviders(<AccountGate />);
}

test.each([
  ["users", [`${ACCOUNT}/users`]],
  [`users/${USER_ID}`, [`${ACCOUNT}/users/${USER_ID}`, `${ACCOUNT}/journal`]],
  ["settings", [`${ACCOUNT}/groups`]],
])("/%s sends all requests before any is answered", async (path, ofPage) => {
  await open(`/console/${ACCOUNT_ID}/${path}`);

  // The stub answers nothing: a request that waited for another would never be sent.
  await waitFor(() => {
    expect([...api.routes].sort()).toEqual(["GET /v1/me", ACCOUNT, `${ACCOUNT}/access`, ...ofPage].sort());
  });
});

test("each request of a page is sent once", async () => {
  answerAccount();

  await open(`/console/${ACCOUNT_ID}/users?status=inactive`);

  expect(await screen.findByRole("heading", { name: "Users" })).toBeTruthy();
  expect(await screen.findByRole("link", { name: "Lee Sherron" })).toBeTruthy();
  expect([...api.routes].sort()).toEqual(["GET /v1/me", ACCOUNT, `${ACCOUNT}/access`, `${ACCOUNT}/users`].sort());
  expect(api.sent(`${ACCOUNT}/users`)[0]?.query.get("status")).toBe("inactive");
});

test("a URL without an account opens the only one and shows its URL", async () => {
  answerAccount();

  await open("/console/?search=lee");

  expect(await screen.findByRole("heading", { name: "Users" })).toBeTruthy();
  expect(location.pathname + location.search).toBe(`/console/${ACCOUNT_ID}/users?search=lee`);
});

test("a URL without an account shows the picker if there are several", async () => {
  const other = {
    account_id: "cd456",
    name: "Contoso",
    user_id: "c".repeat(26),
    status: "active",
    admin: false,
  } as const;
  api.answer("GET /v1/me", me({ accounts: [...me().accounts, other] }));

  const { user } = await open("/console/");
  await user.click(await screen.findByRole("button", { name: /Contoso/ }));

  expect(location.pathname).toBe("/console/cd456/users");
  await waitFor(() => {
    expect(api.routes).toContain("GET /v1/accounts/cd456/users");
  });
});

test("an account without access shows a notice instead of the page", async () => {
  answerAccount().answer(ACCOUNT, { code: "not_found" }, 404);

  await open(`/console/${ACCOUNT_ID}/users`);

  expect(await screen.findByRole("heading", { name: /access to this account/ })).toBeTruthy();
  expect(screen.queryByRole("heading", { name: "Users" })).toBeNull();
});

test("without users.view there is no list", async () => {
  answerAccount().answer(`${ACCOUNT}/access`, { admin: false, permissions: [] });
  api.answer(`${ACCOUNT}/users`, { code: "not_allowed" }, 403);

  await open(`/console/${ACCOUNT_ID}/users`);

  expect(await screen.findByRole("heading", { name: "Welcome to Northwind" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Invite user" })).toBeNull();
});

test("settings are for administrators only", async () => {
  answerAccount().answer(`${ACCOUNT}/access`, { admin: false, permissions: ["users.view"] });

  await open(`/console/${ACCOUNT_ID}/settings`);

  expect(await screen.findByText(/Only administrators/)).toBeTruthy();
});

function answerAccount(): ApiStub {
  return api
    .answer("GET /v1/me", me())
    .answer(ACCOUNT, anAccount())
    .answer(`${ACCOUNT}/access`, { admin: true, permissions: [] })
    .answer(`${ACCOUNT}/groups`, GROUPS)
    .answer(`${ACCOUNT}/users`, { data: [aUser()], next_cursor: null, total: 1 });
}
