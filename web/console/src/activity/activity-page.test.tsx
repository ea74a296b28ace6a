import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { catchDownloads } from "../../test/downloads.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, USER_ID, aUser, anEntry } from "../../test/samples.ts";

const JOURNAL = `GET /v1/accounts/${ACCOUNT_ID}/journal`;
const USERS = `/v1/accounts/${ACCOUNT_ID}/users`;

const ann = aUser({ user_id: "b".repeat(26), first_name: "Ann", last_name: "Admin", status: "active" });
const lee = aUser();

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub()
    .answer(JOURNAL, { data: [anEntry()], next_cursor: null })
    .answer(`GET ${USERS}`, { data: [ann, lee], next_cursor: null, total: 2 })
    .answer(`GET ${USERS}/${USER_ID}`, lee)
    .answer(`GET ${USERS}/${ann.user_id}`, ann);
  signInForTest();
  vi.resetModules();
});

async function show({ search = "", allowed = ["journal.view", "users.view"] } = {}) {
  history.replaceState(null, "", `/console/${ACCOUNT_ID}/activity${search}`);
  const { ActivityRoute } = await import("./activity-page.tsx");
  return renderWithProviders(<ActivityRoute />, { context: { may: (permission) => allowed.includes(permission) } });
}

const entries = async () => (await screen.findAllByRole("listitem")).map(({ textContent }) => textContent);
const asked = () => api.sent(JOURNAL).map(({ query }) => [query.get("type"), query.get("user_id")]);

test("an entry says who did what to whom", async () => {
  await show();

  expect(await screen.findByRole("link", { name: "Lee Sherron" })).toBeTruthy();
  expect(await screen.findByRole("link", { name: "Ann Admin" })).toBeTruthy();
  expect((await entries())[0]).toMatch(/^Blocked: Lee Sherronby Ann Admin · /);
});

test("an entry about a team or a group names it", async () => {
  const team = anEntry({ entry_id: "e2", type: "team.deleted", user_id: null, before: { name: "Sales" }, after: {} });
  const group = anEntry({ entry_id: "e3", type: "team.created", user_id: null, after: { name: "Service" } });
  api.answer(JOURNAL, { data: [team, group], next_cursor: null });
  await show();

  const [deleted, created] = await entries();

  expect(deleted).toMatch(/^Team deleted: Sales/);
  expect(created).toMatch(/^Team created: Service/);
});

test("moved records name the new owner", async () => {
  const after = { owner_id: ann.user_id, job_id: "j", records: [{ type: "task", record_id: "r1" }] };
  api.answer(JOURNAL, { data: [anEntry({ type: "records.moved", actor: "clock", after })], next_cursor: null });
  await show();

  await screen.findByRole("link", { name: "Ann Admin" });

  expect((await entries())[0]).toContain("To Ann Admin: Tasks (1).");
});

test("a chosen event is asked for and kept in the URL", async () => {
  const { user } = await show();
  await entries();

  await user.selectOptions(screen.getByLabelText("Event"), "Team created");

  await waitFor(() => {
    expect(asked()).toEqual([
      [null, null],
      ["team.created", null],
    ]);
  });
  expect(location.search).toBe("?type=team.created");
});

test("a chosen user is asked for, kept in the URL and not named in each entry", async () => {
  const { user } = await show();
  await entries();

  await user.click(screen.getByRole("combobox", { name: "User" }));
  await user.click(await screen.findByRole("option", { name: "Lee Sherron" }));

  await waitFor(() => {
    expect(location.search).toBe(`?user=${USER_ID}`);
  });
  expect((await entries())[0]).toMatch(/^Blockedby Ann Admin/);
});

test("filters of the URL apply, and nothing found is said with a way out", async () => {
  api.answer(JOURNAL, { data: [], next_cursor: null });
  const { user } = await show({ search: `?type=user.blocked&user=${USER_ID}` });
  await screen.findByText("No activity found");
  expect(screen.getByLabelText<HTMLSelectElement>("Event").value).toBe("user.blocked");

  api.answer(JOURNAL, { data: [anEntry()], next_cursor: null });
  await user.click(screen.getByRole("button", { name: "Clear filters" }));

  await entries();
  expect(location.search).toBe("");
  expect(asked()).toEqual([
    ["user.blocked", USER_ID],
    [null, null],
  ]);
});

test("an event that does not exist is no filter", async () => {
  await show({ search: "?type=user.exploded" });

  await entries();
  expect(asked()).toEqual([[null, null]]);
});

test("older entries are loaded on demand", async () => {
  api.answer(JOURNAL, { data: [anEntry()], next_cursor: "page-2" });
  const { user } = await show();
  await entries();

  api.answer(JOURNAL, { data: [anEntry({ entry_id: "e2", type: "user.invited" })], next_cursor: null });
  await user.click(screen.getByRole("button", { name: "Show more" }));

  await waitFor(async () => {
    expect(await entries()).toHaveLength(2);
  });
  expect(api.sent(JOURNAL).map(({ query }) => query.get("cursor"))).toEqual([null, "page-2"]);
});

test("older entries that could not be loaded are said to be missing, and can be asked for again", async () => {
  api.answer(JOURNAL, { data: [anEntry()], next_cursor: "page-2" });
  const { user } = await show();
  await entries();
  api.answer(JOURNAL, { code: "rate_limited" }, 429);
  await user.click(screen.getByRole("button", { name: "Show more" }));
  expect((await screen.findByRole("alert")).textContent).toBe("Too many requests. Please wait a moment.");

  api.answer(JOURNAL, { data: [anEntry({ entry_id: "e2", type: "user.invited" })], next_cursor: null });
  await user.click(screen.getByRole("button", { name: "Try again" }));

  await waitFor(async () => {
    expect(await entries()).toHaveLength(2);
  });
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a page without entries leads on to older ones", async () => {
  api.answer(JOURNAL, { data: [], next_cursor: "page-2" });
  const { user } = await show({ search: "?type=user.blocked" });
  const more = await screen.findByRole("button", { name: "Show more" });

  api.answer(JOURNAL, { data: [anEntry()], next_cursor: null });
  await user.click(more);

  expect(await entries()).toHaveLength(1);
});

test("who may not view users filters by event alone", async () => {
  await show({ allowed: ["journal.view"] });

  await entries();
  expect(screen.queryByRole("combobox", { name: "User" })).toBeNull();
});

test("without the permission nothing is asked for", async () => {
  await show({ allowed: ["users.view"] });

  expect(within(screen.getByRole("main")).getByRole("heading", { name: "Activity" })).toBeTruthy();
  expect(api.sent(JOURNAL)).toEqual([]);
});

test("all entries that the filters find are exported, with names and without formulas", async () => {
  const downloaded = catchDownloads();
  const evil = aUser({ first_name: "=1+1", last_name: "" });
  api.answer(`GET ${USERS}`, { data: [ann, evil], next_cursor: null, total: 2 });
  api.answer(JOURNAL, { data: [anEntry()], next_cursor: null });
  const { user } = await show({ search: "?type=user.blocked" });
  await entries();
  const blocked = anEntry({ entry_id: "e1", after: { reason: "terms" } });
  const moved = anEntry({
    entry_id: "e2",
    type: "records.moved",
    actor: "clock",
    after: { owner_id: ann.user_id, records: [{ type: "task", record_id: "r1" }] },
  });
  const pages = [
    { data: [blocked], next_cursor: "page-2" },
    { data: [moved], next_cursor: null },
  ];
  api.answer(JOURNAL, () => pages.shift());

  await user.click(screen.getByRole("button", { name: "Export CSV" }));

  await waitFor(() => {
    expect(downloaded.map(({ name }) => name)).toEqual([`activity-${ACCOUNT_ID}.csv`]);
  });
  const [titles, ...lines] = (await downloaded[0]?.blob.text())?.replace("\uFEFF", "").trimEnd().split("\r\n") ?? [];
  expect(titles).toBe("Time (UTC),Event,User,User ID,By,ID of who did it,Details");
  const at = anEntry().at;
  expect(lines).toEqual([
    `${at},Blocked,"'=1+1",${USER_ID},Ann Admin,${ann.user_id},Reason: Breach of the terms.`,
    `${at},Records handed over to another user,"'=1+1",${USER_ID},the system,clock,To Ann Admin: Tasks (1).`,
  ]);
  const [, first, second] = api.sent(JOURNAL).map(({ query }) => Object.fromEntries(query));
  expect(first).toEqual({ type: "user.blocked", limit: "100" });
  expect(second).toEqual({ type: "user.blocked", limit: "100", cursor: "page-2" });
});
