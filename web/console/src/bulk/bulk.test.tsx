import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, GROUPS, aGroup, aUser } from "../../test/samples.ts";
import type { User } from "../api/types.ts";

const USERS = `/v1/accounts/${ACCOUNT_ID}/users`;

const active = (id: string, first_name: string, changes: Partial<User> = {}) =>
  aUser({
    user_id: id.repeat(26),
    first_name,
    last_name: "Person",
    status: "active",
    invitation: null,
    allowed_actions: ["edit", "block", "deactivate", "remove"],
    ...changes,
  });
const lee = aUser();
const kim = active("k", "Kim");
const max = active("m", "Max");
const ann = active("b", "Ann", { admin: true, allowed_actions: ["edit"] });

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub()
    .answer(`GET /v1/accounts/${ACCOUNT_ID}/groups`, {
      ...GROUPS,
      data: [...GROUPS.data, aGroup({ group_id: "sales", name: "Sales" })],
    })
    .answer(`GET ${USERS}`, { data: [ann, kim, lee, max], next_cursor: null, total: 4 });
  signInForTest();
  vi.resetModules();
  history.replaceState(null, "", `/console/${ACCOUNT_ID}/users`);
});

async function show({ may = () => true }: { may?: (permission: string) => boolean } = {}) {
  const { UsersPage } = await import("../users/users-page.tsx");
  const rendered = await renderWithProviders(<UsersPage />, { context: { may } });
  await screen.findByRole("link", { name: "Lee Sherron" });
  const select = async (...names: string[]) => {
    for (const name of names) await rendered.user.click(screen.getByRole("checkbox", { name: `Select ${name}` }));
    return within(await screen.findByRole("region", { name: "Selected users" }));
  };
  return { ...rendered, select };
}

const path = (user: User, action: string) => `POST ${USERS}/${user.user_id}/${action}`;
const dialog = async () => within(await screen.findByRole("dialog"));
const results = () =>
  within(screen.getByRole("list", { name: "Results" }))
    .getAllByRole("listitem")
    .map(({ textContent }) => textContent);

test("each action counts those for whom it is possible, and others are not offered", async () => {
  const { select } = await show();

  const bar = await select("Lee Sherron", "Kim Person", "Ann Person");

  expect(bar.getByText("3 selected")).toBeTruthy();
  expect(bar.getAllByRole("button").map(({ textContent }) => textContent)).toEqual([
    "Clear selection",
    "Resend (1)",
    "Add to group (2)",
    "Revoke (1)",
    "Block (1)",
    "Deactivate (1)",
  ]);
});

test("who is left out is named before anything is sent, and each has a result", async () => {
  api.answer(path(kim, "block"), { ...kim, status: "blocked" });
  api.answer(path(max, "block"), { code: "wrong_state" }, 409);
  const { user, select } = await show();
  const bar = await select("Lee Sherron", "Kim Person", "Max Person");
  await user.click(bar.getByRole("button", { name: "Block (2)" }));
  const fields = await dialog();
  expect(fields.getByRole("heading", { name: "Block 2 users?" })).toBeTruthy();
  expect(fields.getByText(/^Left out, .*: Lee Sherron\.$/)).toBeTruthy();

  await user.click(fields.getByRole("radio", { name: "Breach of the terms" }));
  await user.click(fields.getByRole("button", { name: "Block" }));

  expect(await screen.findByText("1 of 2 done. 1 failed.")).toBeTruthy();
  expect(results()).toEqual([
    "Kim PersonDone",
    "Max PersonThis is no longer possible: the user’s status has changed. The page now shows the current status.",
  ]);
  expect(api.sent(path(kim, "block")).map(({ body }) => body)).toEqual([{ reason: "terms" }]);
  expect(api.sent(path(lee, "block"))).toEqual([]);
});

test("what failed is tried again with its first key, and what is done is not", async () => {
  api.answer(path(kim, "deactivate"), kim).answer(path(max, "deactivate"), {}, 503);
  const { user, select } = await show();
  const bar = await select("Kim Person", "Max Person");
  await user.click(bar.getByRole("button", { name: "Deactivate (2)" }));
  await user.click((await dialog()).getByRole("button", { name: "Deactivate" }));
  await screen.findByText("1 of 2 done. 1 failed.");

  api.answer(path(max, "deactivate"), max);
  await user.click(screen.getByRole("button", { name: "Try again" }));

  expect(await screen.findByText("2 of 2 done.")).toBeTruthy();
  expect(api.sent(path(kim, "deactivate"))).toHaveLength(1);
  const keys = api.sent(path(max, "deactivate")).map(({ headers }) => headers.get("Idempotency-Key"));
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

test("groups are added to those that a user has by now", async () => {
  const now = { ...kim, version: 9, groups: [{ group_id: "service", name: "Service" }] };
  api.answer(`GET ${USERS}/${kim.user_id}`, now).answer(`PATCH ${USERS}/${kim.user_id}`, now);
  const { user, select } = await show();
  const bar = await select("Kim Person");
  await user.click(bar.getByRole("button", { name: "Add to group (1)" }));
  const fields = await dialog();
  const add = fields.getByRole<HTMLButtonElement>("button", { name: "Add to group" });
  expect(add.disabled).toBe(true);

  await user.click(fields.getByRole("combobox", { name: "Groups" }));
  await user.click(within(await fields.findByRole("listbox")).getByRole("option", { name: "Sales" }));
  await user.click(add);

  expect(await screen.findByText("1 of 1 done.")).toBeTruthy();
  const [sent] = api.sent(`PATCH ${USERS}/${kim.user_id}`);
  expect(sent?.body).toEqual({ groups: ["service", "sales"] });
  expect(sent?.headers.get("If-Match")).toBe('"9"');
});

test("stopping sends nothing more, and what was not sent can be sent after all", async () => {
  const crowd = ["p", "q", "r", "s", "t"].map((id) => active(id, `Guest ${id}`));
  api.answer(`GET ${USERS}`, { data: [lee, ...crowd], next_cursor: null, total: 6 });
  for (const one of crowd) api.hold(path(one, "block"));
  const { user } = await show();
  await user.click(screen.getByRole("checkbox", { name: "Select all shown" }));
  await user.click(await screen.findByRole("button", { name: "Block (5)" }));
  await user.click((await dialog()).getByRole("button", { name: "Block" }));
  await waitFor(() => {
    expect(api.requests.filter(({ method }) => method === "POST")).toHaveLength(3);
  });
  expect(results().filter((line) => line.endsWith("Not yet"))).toHaveLength(2);

  await user.click(screen.getByRole("button", { name: "Stop" }));

  expect(api.requests.filter(({ method }) => method === "POST")).toHaveLength(3);
  expect(screen.getByRole("button", { name: "Stop" }).getAttribute("data-loading")).toBe("true");
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("after a run nobody is selected, and the list is read again", async () => {
  api.answer(path(lee, "resend"), lee);
  const { user, select } = await show();
  const bar = await select("Lee Sherron");
  await user.click(bar.getByRole("button", { name: "Resend (1)" }));
  await user.click((await dialog()).getByRole("button", { name: "Resend" }));
  await screen.findByText("1 of 1 done.");

  await user.click(screen.getByRole("button", { name: "Done" }));

  expect(screen.queryByRole("region", { name: "Selected users" })).toBeNull();
  expect(api.sent(`GET ${USERS}`).length).toBeGreaterThan(1);
});

test("who leaves the list is not selected any more", async () => {
  const { user, select } = await show();
  await select("Kim Person", "Max Person");

  api.answer(`GET ${USERS}`, { data: [max], next_cursor: null, total: 1 });
  await user.type(screen.getByLabelText("Search"), "max");

  expect(await screen.findByText("1 selected")).toBeTruthy();
});

test("the box above all selects and deselects everybody that is listed", async () => {
  const { user, select } = await show();
  const all = screen.getByRole<HTMLInputElement>("checkbox", { name: "Select all shown" });
  await select("Kim Person");
  expect(all.indeterminate).toBe(true);

  await user.click(all);
  expect(screen.getByText("4 selected")).toBeTruthy();
  await user.click(all);

  expect(screen.queryByRole("region", { name: "Selected users" })).toBeNull();
});

test("who may only look has nothing to select", async () => {
  await show({ may: (permission) => permission === "users.view" });

  expect(screen.queryByRole("checkbox", { name: /^Select/ })).toBeNull();
});

test.each([
  ["user" as const, true],
  ["partner" as const, false],
])("what becomes of the seats is said of a %s: %s", async (kind, isSaid) => {
  const someone = active("k", "Kim", { kind, partner_type: kind === "partner" ? "expert_coach" : null });
  api.answer(`GET ${USERS}`, { data: [lee, someone], next_cursor: null, total: 2 });
  const { user, select } = await show();
  const bar = await select("Kim Person");
  await user.click(bar.getByRole("button", { name: "Deactivate (1)" }));

  expect((await dialog()).queryAllByText(/seat/i)).toHaveLength(isSaid ? 1 : 0);
});

test("invitations that are not sent for want of a seat lead to the ways out", async () => {
  api.answer(path(lee, "resend"), { code: "no_seat_available" }, 409);
  const { user, select } = await show();
  const bar = await select("Lee Sherron");
  await user.click(bar.getByRole("button", { name: "Resend (1)" }));
  await user.click((await dialog()).getByRole("button", { name: "Resend" }));

  expect(await screen.findByRole("link", { name: "Get more seats" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "Deactivate someone" })).toBeTruthy();
});

test("deactivating says who loses access and gets an email, and who has none", async () => {
  const bea = active("e", "Bea", { status: "blocked", allowed_actions: ["unblock", "deactivate"] });
  api.answer(`GET ${USERS}`, { data: [bea, kim, lee], next_cursor: null, total: 3 });
  const { user, select } = await show();
  const bar = await select("Bea Person");
  await user.click(bar.getByRole("button", { name: "Deactivate (1)" }));
  expect((await dialog()).getByText("They are blocked and have no access now, so no email is sent.")).toBeTruthy();
  await user.keyboard("{Escape}");

  await user.click((await select("Kim Person")).getByRole("button", { name: "Deactivate (2)" }));

  expect((await dialog()).getByText(/^Active users lose access .* Blocked users have no access now/)).toBeTruthy();
});

test("Escape stops nothing that is under way", async () => {
  const crowd = ["p", "q", "r", "s"].map((id) => active(id, `Guest ${id}`));
  api.answer(`GET ${USERS}`, { data: [lee, ...crowd], next_cursor: null, total: 5 });
  for (const one of crowd) api.hold(path(one, "block"));
  const { user } = await show();
  await user.click(screen.getByRole("checkbox", { name: "Select all shown" }));
  await user.click(await screen.findByRole("button", { name: "Block (4)" }));
  await user.click((await dialog()).getByRole("button", { name: "Block" }));

  await user.keyboard("{Escape}");

  expect((await dialog()).getByRole("button", { name: "Stop" })).toBeTruthy();
});

test("records can wait for a new owner, and who is refused for them is a link away", async () => {
  api.answer(path(kim, "deactivate"), kim);
  api.answer(path(max, "deactivate"), { code: "reassign_target_required" }, 422);
  const { user, select } = await show();
  const bar = await select("Kim Person", "Max Person");
  await user.click(bar.getByRole("button", { name: "Deactivate (2)" }));
  const question = await dialog();
  await user.click(question.getByRole("checkbox", { name: /^Let the records that they own wait/ }));

  await user.click(question.getByRole("button", { name: "Deactivate" }));

  const failed = await question.findByRole("link", { name: "Max Person" });
  expect(failed.getAttribute("href")).toContain(`/users/${max.user_id}`);
  expect(api.sent(path(kim, "deactivate")).map(({ body }) => body)).toEqual([{ hand_over: "later" }]);
});

test("the focus stays in the results while the list behind them is read again", async () => {
  api.answer(path(kim, "deactivate"), kim);
  const { user, select, client } = await show();
  const bar = await select("Kim Person");
  await user.click(bar.getByRole("button", { name: "Deactivate (1)" }));
  const opened = await dialog();
  await user.click(opened.getByRole("button", { name: "Deactivate" }));
  const result = await opened.findByRole("link", { name: "Kim Person" });
  result.focus();

  api.answer(`GET ${USERS}`, { data: [ann, kim, max], next_cursor: null, total: 3 });
  await client.invalidateQueries();

  await waitFor(() => {
    expect(screen.queryByText("Lee Sherron")).toBeNull();
  });
  expect(document.activeElement).toBe(result);
});
