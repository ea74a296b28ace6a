import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderConsole, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, GROUPS, aUser, anAccount, me } from "../../test/samples.ts";
import type { Me, User } from "../api/types.ts";

const ACCOUNT = `/v1/accounts/${ACCOUNT_ID}`;
const [NORTHWIND = {} as Me["accounts"][number]] = me().accounts;
const SOUTH = { ...NORTHWIND, account_id: "cd456", name: "South" };

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub().answer(`POST ${ACCOUNT}/leave`, aUser({ kind: "partner", status: "inactive" }));
  for (const account_id of [ACCOUNT_ID, SOUTH.account_id]) {
    const path = `GET /v1/accounts/${account_id}`;
    api
      .answer(path, anAccount({ account_id, name: account_id === ACCOUNT_ID ? "Northwind" : "South" }))
      .answer(`${path}/groups`, GROUPS)
      .answer(`${path}/users`, { data: [aUser()], next_cursor: null, total: 1 });
    access(account_id, "partner");
  }
  signInForTest();
  vi.resetModules();
});

const access = (accountId: string, kind: User["kind"]) =>
  api.answer(`GET /v1/accounts/${accountId}/access`, { admin: true, kind, permissions: [] });

/** Who is signed in, before and after they have left. */
function signedIn(...others: Me["accounts"]) {
  const before = me({ accounts: [NORTHWIND, ...others] });
  const after = me({ accounts: others, ended_accounts: [{ ...NORTHWIND, status: "inactive" }] });
  api.answer("GET /v1/me", () => (api.sent(`POST ${ACCOUNT}/leave`).length ? after : before));
}

async function openMenu() {
  const rendered = await renderConsole(`/console/${ACCOUNT_ID}/users`);
  await rendered.user.click(await screen.findByRole("button", { name: "Your menu, Ann Admin" }));
  return rendered;
}

async function leave() {
  const rendered = await openMenu();
  await rendered.user.click(await screen.findByRole("menuitem", { name: "Leave Northwind" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByText(/The administrators are notified by email/)).toBeTruthy();
  expect(api.sent(`POST ${ACCOUNT}/leave`)).toEqual([]);
  await rendered.user.click(dialog.getByRole("button", { name: "Leave account" }));
  return rendered;
}

test("a partner without another account leaves, and reads that they have", async () => {
  signedIn();
  await leave();

  expect(await screen.findByRole("heading", { name: "You have left Northwind" })).toBeTruthy();
  expect(screen.getByText(/still signed in as ann@example.org/)).toBeTruthy();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(location.pathname).toBe("/console/");
});

test("a partner with another account comes there", async () => {
  signedIn(SOUTH);
  await leave();

  expect(await screen.findByText("You have left Northwind.")).toBeTruthy();
  await vi.waitFor(() => {
    expect(location.pathname).toBe("/console/cd456/users");
  });
});

test("a partner who owns records stays, and reads what to do", async () => {
  signedIn();
  api.answer(`POST ${ACCOUNT}/leave`, { code: "has_records" }, 409);
  await leave();

  const alert = await within(screen.getByRole("dialog")).findByRole("alert");
  expect(alert.textContent).toContain("Ask an administrator to give them to someone else");
  expect(location.pathname).toBe(`/console/${ACCOUNT_ID}/users`);
});

test("nobody else is offered to leave", async () => {
  signedIn();
  access(ACCOUNT_ID, "user");
  await openMenu();

  expect(await screen.findByRole("menuitem", { name: "Your profile" })).toBeTruthy();
  expect(screen.queryByRole("menuitem", { name: "Leave Northwind" })).toBeNull();
});
