import { act, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { writeSession } from "#shared/session.ts";
import { answerAccount } from "../../test/account.ts";
import { ApiStub } from "../../test/api-stub.ts";
import { renderConsole, signInForTest } from "../../test/render.tsx";
import type { Me } from "../api/types.ts";
import { ACCOUNT_ID, USER_ID, anAccount, me } from "../../test/samples.ts";

const ACCOUNT = `GET /v1/accounts/${ACCOUNT_ID}`;

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub();
  signInForTest();
  // The session is read when the store is loaded.
  vi.resetModules();
});

test.each([
  ["users", [`${ACCOUNT}/users`, `${ACCOUNT}/groups`]],
  [`users/${USER_ID}`, [`${ACCOUNT}/users/${USER_ID}`, `${ACCOUNT}/journal`]],
  ["settings", [`${ACCOUNT}/groups`]],
])("/%s sends all requests before any is answered", async (path, ofPage) => {
  await renderConsole(`/console/${ACCOUNT_ID}/${path}`);

  // The stub answers nothing: a request that waited for another would never be sent.
  await waitFor(() => {
    expect([...api.routes].sort()).toEqual(["GET /v1/me", ACCOUNT, `${ACCOUNT}/access`, ...ofPage].sort());
  });
});

test("each request of a page is sent once", async () => {
  answerAccount(api);

  await renderConsole(`/console/${ACCOUNT_ID}/users?status=inactive`);

  expect(await screen.findByRole("heading", { name: "Users" })).toBeTruthy();
  expect(await screen.findByRole("link", { name: "Lee Sherron" })).toBeTruthy();
  // One list is shown; the other counts who needs attention.
  const ofPage = [`${ACCOUNT}/users`, `${ACCOUNT}/users`, `${ACCOUNT}/groups`];
  const routes = ["GET /v1/me", ACCOUNT, `${ACCOUNT}/access`, ...ofPage];
  await waitFor(() => {
    expect([...api.routes].sort()).toEqual(routes.sort());
  });
  expect(api.sent(`${ACCOUNT}/users`).map(({ query }) => query.get("status"))).toEqual(["inactive", "invited,expired"]);
});

test("a URL without an account opens the only one and shows its URL", async () => {
  answerAccount(api);

  await renderConsole("/console/?search=lee");

  expect(await screen.findByRole("heading", { name: "Users" })).toBeTruthy();
  expect(location.pathname + location.search).toBe(`/console/${ACCOUNT_ID}/users?search=lee`);
});

test("an App ID in upper case, and without a page, leads to the users", async () => {
  answerAccount(api);

  await renderConsole(`/console/${ACCOUNT_ID.toUpperCase()}`);

  expect(await screen.findByRole("heading", { name: "Users" })).toBeTruthy();
  expect(location.pathname).toBe(`/console/${ACCOUNT_ID}/users`);
});

test("a URL without an account shows the picker if there are several", async () => {
  const other = { account_id: "cd456", name: "Contoso", status: "active", admin: false } as const;
  const ended = { account_id: "ef789", name: "Fabrikam", status: "inactive" } as const;
  const [first] = me().accounts;
  api.answer("GET /v1/me", me({ accounts: [first, { ...first, ...other }] as never, ended_accounts: [ended] }));

  const { user } = await renderConsole("/console/");
  const link = await screen.findByRole("link", { name: /Contoso/ });
  expect(screen.getByText("Fabrikam")).toBeTruthy();
  expect(screen.queryByRole("link", { name: /Fabrikam/ })).toBeNull();
  await user.click(link);

  await waitFor(() => {
    expect(api.routes).toContain("GET /v1/accounts/cd456/users");
  });
  expect(location.pathname).toBe("/console/cd456/users");
});

test("an account without access shows a notice instead of the page", async () => {
  answerAccount(api).answer(ACCOUNT, { code: "not_found" }, 404);

  await renderConsole(`/console/${ACCOUNT_ID}/users`);

  expect(await screen.findByRole("heading", { name: /access to this account/ })).toBeTruthy();
  expect(screen.queryByRole("heading", { name: "Users" })).toBeNull();
});

test.each([
  [403, /Northwind is suspended/],
  [404, /Your access may have ended/],
])("an account that answers its active user %i says why", async (status, text) => {
  answerAccount(api).answer(ACCOUNT, { code: "not_allowed" }, status);

  await renderConsole(`/console/${ACCOUNT_ID}/users`);

  expect(await screen.findByText(text)).toBeTruthy();
});

test.each([
  ["inactive", /Your access to Northwind has ended/],
  ["blocked", /An administrator of Northwind has blocked your access/],
] as const)("someone who is %s meanwhile reads so", async (status, text) => {
  const ended = me({ accounts: [], ended_accounts: [{ account_id: ACCOUNT_ID, name: "Northwind", status }] });
  answerAccount(api).answer(ACCOUNT, { code: "not_found" }, 404);
  api.answer("GET /v1/me", () => (api.sent(ACCOUNT).length ? ended : me()));

  await renderConsole(`/console/${ACCOUNT_ID}/users`);

  expect(await screen.findByText(text)).toBeTruthy();
});

test.each([
  [true, /Usher support can tell you/, 1],
  [false, /Ask an administrator/, 0],
])("whom to ask about a suspended account: an administrator %s", async (admin, text, links) => {
  const [account] = me().accounts;
  answerAccount(api).answer(ACCOUNT, { code: "not_allowed" }, 403);
  api.answer("GET /v1/me", me({ accounts: [{ ...account, admin }] as Me["accounts"] }));

  await renderConsole(`/console/${ACCOUNT_ID}/users`);

  expect(await screen.findByText(text)).toBeTruthy();
  expect(screen.queryAllByRole("link", { name: "Help" })).toHaveLength(links);
  // The start leads to the only account, and so back to this page.
  expect(screen.getByRole("link", { name: "Go to my accounts" }).getAttribute("href")).toBe("/console/accounts");
});

test("without users.view there is no list, and the navigation holds nothing that is not allowed", async () => {
  answerAccount(api).answer(`${ACCOUNT}/access`, { admin: false, permissions: [] });
  api.answer(`${ACCOUNT}/users`, { code: "not_allowed" }, 403);

  await renderConsole(`/console/${ACCOUNT_ID}/users`);

  expect(await screen.findByRole("heading", { name: "Welcome to Northwind" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Invite user" })).toBeNull();
  for (const name of ["Users", "Activity", "Settings"]) expect(screen.queryByRole("link", { name })).toBeNull();
});

test.each([
  ["https://{account_id}.shop.example/home", `https://${ACCOUNT_ID}.shop.example/home`],
  [null, undefined],
])("with the host product at %s, people are led to %s", async (app_url, leadsTo) => {
  answerAccount(api).answer(`${ACCOUNT}/access`, { admin: false, permissions: [] });
  api.answer("GET /config.json", { app_url, help_url: null });
  const { user } = await renderConsole(`/console/${ACCOUNT_ID}/users`);
  await screen.findByRole("heading", { name: "Welcome to Northwind" });

  if (leadsTo) {
    expect((await screen.findByRole("link", { name: "Open Usher" })).getAttribute("href")).toBe(leadsTo);
  }
  await user.click(screen.getByRole("button", { name: "Your menu, Ann Admin" }));
  const item = (await screen.findAllByRole("menuitem")).find(({ textContent }) => textContent === "Open Usher");

  expect(item?.getAttribute("href")).toBe(leadsTo);
  expect(screen.queryAllByRole("link", { name: "Open Usher" })).toHaveLength(leadsTo ? 1 : 0);
});

test.each([
  ["ours, in the language of the console", null, null, "/help/en"],
  ["the deployment's", "https://help.shop.example", null, "https://help.shop.example"],
  ["the account's", "https://help.shop.example", "https://help.example.org", "https://help.example.org"],
])("the menu leads to a page of help: %s", async (_, ofDeployment, ofAccount, href) => {
  answerAccount(api).answer(ACCOUNT, anAccount({ settings: { ...anAccount().settings, help_url: ofAccount } }));
  api.answer("GET /config.json", { app_url: null, help_url: ofDeployment });
  const { user } = await renderConsole(`/console/${ACCOUNT_ID}/settings`);

  await user.click(await screen.findByRole("button", { name: "Your menu, Ann Admin" }));

  await vi.waitFor(() => {
    expect(screen.getByRole("menuitem", { name: "Help" }).getAttribute("href")).toBe(href);
  });
});

test("settings are for administrators only", async () => {
  answerAccount(api).answer(`${ACCOUNT}/access`, { admin: false, permissions: ["users.view"] });

  await renderConsole(`/console/${ACCOUNT_ID}/settings`);

  expect(await screen.findByText(/Only administrators/)).toBeTruthy();
});

test("the console speaks the person's language, whatever the browser prefers", async () => {
  answerAccount(api).answer("GET /v1/me", me({ locale: "de" }));

  await renderConsole(`/console/${ACCOUNT_ID}/users`);

  expect(await screen.findByRole("heading", { name: "Benutzer" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Benutzer einladen" })).toBeTruthy();
  expect(screen.getByText("3 von 10 Plätzen belegt")).toBeTruthy();
  expect(document.documentElement.lang).toBe("de");
});

test.each(["", "operator/accounts", "sign-in"])("being offline is said on every page: %s", async (page) => {
  answerAccount(api);
  if (page === "sign-in") writeSession(null);
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);

  await renderConsole(`/console/${page}`);

  expect(await screen.findByText("You are offline. What you see may be out of date.")).toBeTruthy();
});

test("what is said about one account is not shown in another", async () => {
  answerAccount(api);
  const { user } = await renderConsole(`/console/${ACCOUNT_ID}/users`);
  await screen.findByRole("link", { name: "Lee Sherron" });
  const { notifications } = await import("@mantine/notifications");
  act(() => {
    notifications.show({ message: "No seat is free", autoClose: false });
  });
  await user.click(screen.getByRole("link", { name: "Settings" }));
  expect(await screen.findByText("No seat is free")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Your menu, Ann Admin" }));

  await user.click(await screen.findByRole("menuitem", { name: "Accounts and invitations" }));

  await waitFor(() => {
    expect(screen.queryByText("No seat is free")).toBeNull();
  });
});

test("someone who may invite, and not see the users, invites from the welcome", async () => {
  answerAccount(api).answer(`${ACCOUNT}/access`, { admin: false, permissions: ["users.invite"] });
  const { user } = await renderConsole(`/console/${ACCOUNT_ID}/users`);
  expect(await screen.findByText(/^You can invite people/)).toBeTruthy();

  await user.click(screen.getByRole("button", { name: "Invite user" }));

  expect(await screen.findByRole("dialog", { name: "Invite someone to Northwind" })).toBeTruthy();
});

test("a notice that is the page titles the tab, and takes the focus after navigation", async () => {
  answerAccount(api).answer(`${ACCOUNT}/access`, { admin: false, permissions: [] });

  await renderConsole("/console/");

  const heading = await screen.findByRole("heading", { name: "Welcome to Northwind", level: 1 });
  expect(document.activeElement).toBe(heading);
  expect(document.title).toBe("Welcome to Northwind · Usher");
});

test("someone who may edit groups, and not see the users, finds the groups in the navigation", async () => {
  answerAccount(api).answer(`${ACCOUNT}/access`, { admin: false, permissions: ["groups.edit"] });
  const { user } = await renderConsole(`/console/${ACCOUNT_ID}/users`);

  await user.click(await screen.findByRole("link", { name: "Groups" }));

  expect(await screen.findByRole("button", { name: "New group" })).toBeTruthy();
  expect(screen.queryByRole("link", { name: "Teams" })).toBeNull();
});
