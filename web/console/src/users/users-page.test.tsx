import { act, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import type { Account } from "../api/types.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, GROUPS, aUser, anAccount } from "../../test/samples.ts";

const USERS = `GET /v1/accounts/${ACCOUNT_ID}/users`;

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub().answer(`GET /v1/accounts/${ACCOUNT_ID}/groups`, GROUPS);
  signInForTest();
  vi.resetModules();
  history.replaceState(null, "", `/console/${ACCOUNT_ID}/users`);
});

/** Shows the page, of an account where no invitation is pending, unless `counts` say otherwise. */
async function show({
  mayInvite = true,
  counts = { active: 3 },
}: { mayInvite?: boolean; counts?: Account["counts"] } = {}) {
  const { UsersPage } = await import("./users-page.tsx");
  return renderWithProviders(<UsersPage />, {
    context: { may: (permission) => mayInvite || permission !== "users.invite", account: anAccount({ counts }) },
  });
}

const lee = aUser();
const max = aUser({ user_id: "m".repeat(26), first_name: "Max", last_name: "Member" });
const nameOf = (name: string) => screen.findByRole("link", { name });

test("a full page offers the next one and says how many users are shown", async () => {
  api.answer(USERS, { data: [lee], next_cursor: "page-2", total: 2 });
  const { user } = await show();
  await nameOf("Lee Sherron");
  expect(screen.getByText("2 people")).toBeTruthy();
  expect(screen.getByText("1 shown")).toBeTruthy();

  api.answer(USERS, { data: [max], next_cursor: null, total: 2 });
  await user.click(screen.getByRole("button", { name: "Load more" }));

  await nameOf("Max Member");
  await nameOf("Lee Sherron");
  expect(screen.queryByRole("button", { name: "Load more" })).toBeNull();
  expect(screen.queryByText(/shown$/)).toBeNull();
  expect(api.sent(USERS).map(({ query }) => query.get("cursor"))).toEqual([null, "page-2"]);
});

test.each([
  [{ invited: 2, active: 1 }, "Needs attention1"],
  [{ invited: 60, expired: 41 }, "Needs attentionRecords"],
])("what needs attention of %o is counted where one request tells it", async (counts, shown) => {
  const member = { ...max, status: "active", invitation: null };
  api.answer(USERS, { data: [lee, member], next_cursor: null, total: 2 });

  const { container } = await show({ counts });

  await waitFor(() => {
    expect(container.textContent).toContain(shown);
  });
  const asked = api.sent(USERS).map(({ query }) => query.get("status"));
  expect(asked.includes("invited,expired")).toBe(shown.includes("1"));
});

test("a next page that fails keeps the list and can be requested again", async () => {
  api.answer(USERS, { data: [lee], next_cursor: "page-2", total: 2 });
  const { user } = await show();
  await nameOf("Lee Sherron");

  api.answer(USERS, { code: "too_many_requests" }, 429);
  await user.click(screen.getByRole("button", { name: "Load more" }));

  expect((await screen.findByRole("alert")).textContent).toContain("Too many requests");
  await nameOf("Lee Sherron");
  api.answer(USERS, { data: [max], next_cursor: null, total: 2 });
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await nameOf("Max Member");
});

test("an empty result names the statuses, and its button resets the view", async () => {
  api.answer(USERS, { data: [], next_cursor: null, total: 0 });
  history.replaceState(null, "", `/console/${ACCOUNT_ID}/users?status=inactive,removed&search=zzz`);
  const { user } = await show();
  expect(
    await screen.findByText(
      "No one with the status “Inactive” or “Removed” has a name or email that starts with “zzz”.",
    ),
  ).toBeTruthy();

  api.answer(USERS, { data: [lee], next_cursor: null, total: 1 });
  await user.click(screen.getByRole("button", { name: "Clear search and filters" }));

  await nameOf("Lee Sherron");
  expect(location.search).toBe("");
  expect(screen.getByLabelText<HTMLInputElement>("Search").value).toBe("");
});

test("what a search finds is counted, and nothing found can be searched for in all statuses", async () => {
  api.answer(USERS, { data: [lee, max], next_cursor: null, total: null });
  const { user } = await show();
  expect(await screen.findByText("2 found")).toBeTruthy();

  api.answer(USERS, { data: [], next_cursor: null, total: null });
  await user.type(screen.getByLabelText("Search"), "zo");
  await user.click(await screen.findByRole("button", { name: "Search in all statuses" }));

  expect(await screen.findByText("No user has a name or email that starts with “zo”.")).toBeTruthy();
  expect(location.search).toBe("?status=all&search=zo");
  expect(screen.queryByRole("button", { name: "Search in all statuses" })).toBeNull();
});

test("who needs attention is picked from all pages of pending invitations", async () => {
  const late = aUser({ user_id: "l".repeat(26), first_name: "Ed", last_name: "Late", status: "expired" });
  const far = { ...lee.invitation, expires_at: "2999-01-01T00:00:00Z" };
  const fine = aUser({ ...lee, invitation: far as never });
  const pages = [
    { data: [fine], next_cursor: "page-2", total: 3 },
    { data: [late, fine], next_cursor: null, total: 3 },
  ];
  api.answer(USERS, () => pages.shift());
  history.replaceState(null, "", `/console/${ACCOUNT_ID}/users?status=attention`);
  await show();

  await nameOf("Ed Late");

  expect(screen.queryByRole("link", { name: "Lee Sherron" })).toBeNull();
  expect(screen.getByText("1 found")).toBeTruthy();
  const asked = api.sent(USERS).map(({ query }) => [query.get("status"), query.get("limit"), query.get("cursor")]);
  expect(asked).toEqual([
    ["invited,expired", "100", null],
    ["invited,expired", "100", "page-2"],
  ]);
});

test("the search for those who need attention pauses after some pages, and says how far it is", async () => {
  const far = { ...lee.invitation, expires_at: "2999-01-01T00:00:00Z" };
  const fine = aUser({ ...lee, invitation: far as never });
  api.answer(USERS, { data: [fine], next_cursor: "more", total: 900 });
  history.replaceState(null, "", `/console/${ACCOUNT_ID}/users?status=attention`);
  const { user } = await show();

  expect(await screen.findByText("500 pending invitations checked")).toBeTruthy();
  expect(api.sent(USERS)).toHaveLength(5);
  api.answer(USERS, { data: [fine], next_cursor: null, total: 6 });
  await user.click(screen.getByRole("button", { name: "Load more" }));

  expect(await screen.findByText("Nothing needs attention")).toBeTruthy();
});

test("people whose records wait are asked for as such, past pages that have none left", async () => {
  const kim = aUser({
    user_id: "k".repeat(26),
    first_name: "Kim",
    last_name: "Gone",
    status: "inactive",
    records_waiting: 4,
  });
  const pages = [
    { data: [], next_cursor: "page-2", total: null },
    { data: [kim], next_cursor: "page-3", total: null },
  ];
  api.answer(USERS, () => pages.shift());
  history.replaceState(null, "", `/console/${ACCOUNT_ID}/users?status=waiting`);
  await show();

  await nameOf("Kim Gone");

  expect(screen.getByText("4 records waiting")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Load more" })).toBeTruthy();
  const asked = api.sent(USERS).map(({ query }) => [query.get("records_waiting"), query.get("cursor")]);
  expect(asked).toEqual([
    ["true", null],
    ["true", "page-2"],
  ]);
});

test("without people whose records wait, the page says so", async () => {
  api.answer(USERS, { data: [], next_cursor: null, total: null });
  history.replaceState(null, "", `/console/${ACCOUNT_ID}/users?status=waiting`);
  await show();

  expect(await screen.findByText("No users with records waiting")).toBeTruthy();
});

test("a search is sent once typing pauses, and kept in the URL", async () => {
  api.answer(USERS, { data: [lee], next_cursor: null, total: 1 });
  const { user } = await show();
  await nameOf("Lee Sherron");

  await user.type(screen.getByLabelText("Search"), "lee ");

  await waitFor(() => {
    expect(api.sent(USERS).map(({ query }) => query.get("search"))).toEqual([null, "lee"]);
  });
  expect(location.search).toBe("?search=lee");
});

test("a click on a column sorts by it, and a second one reverses the order", async () => {
  api.answer(USERS, { data: [lee], next_cursor: null, total: 1 });
  const { user } = await show();
  await nameOf("Lee Sherron");

  await user.click(screen.getByRole("button", { name: "Email" }));
  await user.click(screen.getByRole("button", { name: "Email" }));

  await waitFor(() => {
    expect(api.sent(USERS).map(({ query }) => query.get("sort"))).toEqual(["name", "email", "-email"]);
  });
  expect(screen.getByRole("columnheader", { name: "Email" }).getAttribute("aria-sort")).toBe("descending");
});

test("inviting is offered only with the permission", async () => {
  await show({ mayInvite: false });

  expect(screen.getByRole("heading", { name: "Users" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Invite user" })).toBeNull();
});

test("a chosen group is asked for, kept in the URL and cleared with the other filters", async () => {
  api.answer(USERS, { data: [], next_cursor: null, total: 0 });
  const { user } = await show();
  await screen.findByText("No users found");

  await user.selectOptions(screen.getByLabelText("Group"), "Everyone");

  await waitFor(() => {
    expect(api.sent(USERS).map(({ query }) => query.get("group"))).toEqual([null, "everyone"]);
  });
  expect(location.search).toBe("?group=everyone");
  await user.click(await screen.findByRole("button", { name: "Clear search and filters" }));
  expect(location.search).toBe("");
});

test("administrators and partners are filtered, and the URL keeps it", async () => {
  api.answer(USERS, { data: [lee], next_cursor: null, total: null });
  const { user } = await show();
  await nameOf("Lee Sherron");

  await user.selectOptions(screen.getByLabelText("Role"), "Administrators");
  await waitFor(() => {
    expect(location.search).toBe("?role=admin");
  });
  await user.selectOptions(screen.getByLabelText("Role"), "Partners");

  await waitFor(() => {
    const asked = api.sent(USERS).map(({ query }) => [query.get("admin"), query.get("kind")]);
    expect(asked).toEqual([
      [null, null],
      ["true", null],
      [null, "partner"],
    ]);
  });
});

test("a partner is added in a dialog of its own, and the draft of one is none of the other", async () => {
  api.answer(USERS, { data: [lee], next_cursor: null, total: 1 });
  const { user } = await show();
  await user.click(await screen.findByRole("button", { name: "Add partner" }));
  await user.type(await screen.findByLabelText("Usher ID of the partner"), "coach@example.org");
  await user.click(screen.getByRole("button", { name: "Close" }));

  await user.click(screen.getByRole("button", { name: "Invite user" }));
  expect((await screen.findByLabelText<HTMLInputElement>("Email")).value).toBe("");
  await user.click(screen.getByRole("button", { name: "Close" }));
  await user.click(screen.getByRole("button", { name: "Add partner" }));

  expect(await screen.findByLabelText("Usher ID of the partner")).toBeTruthy();
});

test("a slash goes to the search, and n invites", async () => {
  api.answer(USERS, { data: [lee], next_cursor: null, total: 1 });
  const { user } = await show();
  await nameOf("Lee Sherron");

  await user.keyboard("/");
  expect(document.activeElement).toBe(screen.getByLabelText("Search"));
  await user.keyboard("n");
  expect(screen.getByLabelText<HTMLInputElement>("Search").value).toBe("n");
  expect(screen.queryByRole("dialog")).toBeNull();

  screen.getByLabelText("Search").blur();
  await user.keyboard("n");
  expect(await screen.findByRole("dialog", { name: "Invite someone to Northwind" })).toBeTruthy();
});

test("who has just been invited is highlighted in the list", async () => {
  api.answer(USERS, { data: [lee, max], next_cursor: null, total: 2 });
  await show();
  await nameOf("Lee Sherron");
  const { markNew } = await import("./new-users.ts");

  act(() => {
    markNew(max.user_id);
  });

  const rows = screen.getAllByRole("row").filter((row) => row.hasAttribute("data-new"));
  expect(rows.map(({ textContent }) => textContent)).toEqual([expect.stringContaining("Max Member")]);
});
