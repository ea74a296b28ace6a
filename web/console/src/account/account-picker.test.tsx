import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderConsole, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, GROUPS, aUser, anAccount, me } from "../../test/samples.ts";
import type { PendingInvitation } from "../api/types.ts";

const INVITATIONS = "GET /v1/me/invitations";
const DAY_MS = 86_400_000;

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub();
  signInForTest();
  // The session is read when the store is loaded.
  vi.resetModules();
});

function anInvitation(changes: Partial<PendingInvitation> = {}): PendingInvitation {
  return {
    account_id: "cd456",
    name: "Contoso",
    user_id: "b".repeat(26),
    kind: "user",
    sent_at: new Date(Date.now() - 4 * DAY_MS).toISOString(),
    expires_at: new Date(Date.now() + 3 * DAY_MS).toISOString(),
    url: "https://usher.example/invite#v1.cd456.token",
    ...changes,
  };
}

function answerPerson(accounts: unknown[], invitations: PendingInvitation[]): void {
  api.answer("GET /v1/me", me({ accounts: accounts as never }));
  api.answer(INVITATIONS, { data: invitations, next_cursor: null });
}

const [FIRST] = me().accounts;
const OTHER = { ...FIRST, account_id: "ef789", name: "Fabrikam" };

test("invitations are listed under the accounts, each with its time and the link to its page", async () => {
  answerPerson([FIRST, OTHER], [anInvitation(), anInvitation({ account_id: "gh012", name: "Tailspin" })]);

  await renderConsole("/console/");

  expect(await screen.findByRole("heading", { name: "Choose an account", level: 1 })).toBeTruthy();
  const heading = await screen.findByRole("heading", { name: "Invitations", level: 2 });
  const section = within(heading.parentElement ?? document.body);
  expect(section.getAllByText("expires in 3 days")).toHaveLength(2);
  const link = section.getByRole("link", { name: "View invitation Contoso" });
  expect(link.getAttribute("href")).toBe("https://usher.example/invite#v1.cd456.token");
  expect(section.getByRole("link", { name: "View invitation Tailspin" })).toBeTruthy();
});

test("without invitations the picker shows the accounts alone", async () => {
  answerPerson([FIRST, OTHER], []);

  await renderConsole("/console/");

  expect(await screen.findByRole("link", { name: /Fabrikam/ })).toBeTruthy();
  expect(api.sent(INVITATIONS)).toHaveLength(1);
  expect(screen.queryByRole("heading", { name: "Invitations" })).toBeNull();
});

test("someone without an account sees the invitation instead of the notice that there is none", async () => {
  answerPerson([], [anInvitation()]);

  await renderConsole("/console/");

  expect(await screen.findByRole("heading", { name: "Invitations", level: 1 })).toBeTruthy();
  expect(screen.getByText(/You are signed in as/)).toBeTruthy();
  expect(screen.queryByText(/have access to any account/)).toBeNull();
});

test("someone without account and invitation reads so", async () => {
  answerPerson([], []);

  await renderConsole("/console/");

  expect(await screen.findByRole("heading", { name: /have access to any account/ })).toBeTruthy();
});

test("the notice waits for the invitations", async () => {
  api.answer("GET /v1/me", me({ accounts: [] }));

  await renderConsole("/console/");

  await vi.waitFor(() => {
    expect(api.sent(INVITATIONS)).toHaveLength(1);
  });
  expect(screen.queryByRole("heading", { name: /have access to any account/ })).toBeNull();
});

test("accounts can be chosen while invitations cannot be read", async () => {
  answerPerson([FIRST, OTHER], []);
  api.answer(INVITATIONS, { code: "unauthorized" }, 403);

  await renderConsole("/console/");

  expect(await screen.findByRole("link", { name: /Fabrikam/ })).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
});

test("the menu leads someone of one account to their invitations, which nothing reads before", async () => {
  answerPerson([FIRST], [anInvitation()]);
  const account = `GET /v1/accounts/${ACCOUNT_ID}`;
  api
    .answer(account, anAccount())
    .answer(`${account}/access`, { admin: true, permissions: [] })
    .answer(`${account}/groups`, GROUPS)
    .answer(`${account}/users`, { data: [aUser()], next_cursor: null, total: 1 });
  const { user } = await renderConsole("/console/");
  await user.click(await screen.findByRole("button", { name: "Your menu, Ann Admin" }));
  expect(api.sent(INVITATIONS)).toEqual([]);

  await user.click(await screen.findByRole("menuitem", { name: "Accounts and invitations" }));

  expect(await screen.findByRole("link", { name: "View invitation Contoso" })).toBeTruthy();
  expect(screen.getByRole("link", { name: /Northwind/ })).toBeTruthy();
  expect(location.pathname).toBe("/console/accounts");
});

test("invitations that could not be read are requested again before someone is told that there are none", async () => {
  answerPerson([], []);
  api.answer(INVITATIONS, { code: "unauthorized" }, 403);
  const { user } = await renderConsole("/console/");
  const again = await screen.findByRole("button", { name: "Try again" });
  expect(screen.queryByText(/have access to any account/)).toBeNull();

  api.answer(INVITATIONS, { data: [anInvitation()], next_cursor: null });
  await user.click(again);

  expect(await screen.findByRole("link", { name: "View invitation Contoso" })).toBeTruthy();
  expect(document.title).toBe("Your accounts");
});
