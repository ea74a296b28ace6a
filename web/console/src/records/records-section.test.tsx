import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, USER_ID, aUser } from "../../test/samples.ts";
import type { User } from "../api/types.ts";

const ACCOUNT = `/v1/accounts/${ACCOUNT_ID}`;
const KIM = "c".repeat(26);
const BEA = "d".repeat(26);
const JOB = `${ACCOUNT}/jobs/j1`;

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub()
    .answer(`GET ${ACCOUNT}/users/${KIM}`, aUser({ user_id: KIM, first_name: "Kim", last_name: "Kell" }))
    .answer(`GET ${ACCOUNT}/users/${BEA}`, aUser({ user_id: BEA, first_name: "Bea", last_name: "Boss" }));
  signInForTest();
  vi.resetModules();
});

const aJob = (changes: object = {}) => ({
  job_id: "j1",
  state: "done",
  done: 3,
  total: 3,
  removed: 1,
  targets: { contact: KIM, task: KIM },
  ...changes,
});

const target = (user_id: string, first_name: string, types: string[]) => ({
  user_id,
  first_name,
  last_name: "Kell",
  email: `${first_name.toLowerCase()}@example.org`,
  types,
});

const aPreview = (...eligible_targets: object[]) => ({
  counts: { contact: 4, task: 2 },
  removes: {},
  eligible_targets,
  next_cursor: null,
  irreversible: true,
});

async function show(changes: Partial<User>) {
  const { RecordsSection } = await import("./records-section.tsx");
  const user = aUser({ status: "inactive", records_waiting: 0, last_job_id: null, ...changes });
  return renderWithProviders(<RecordsSection user={user} />);
}

test("someone without records has no such section", async () => {
  await show({});

  expect(screen.queryByRole("region", { name: "Records" })).toBeNull();
});

test("a move that is under way shows how far it is, until it is done", async () => {
  api.answer(`GET ${JOB}`, aJob({ state: "running", done: 40, total: 160, removed: 0 }));
  await show({ last_job_id: "j1", records_waiting: 120 });

  const progress = await screen.findByRole("progressbar", { name: "40 of 160 done" });
  expect(progress.getAttribute("aria-valuenow")).toBe("25");
  expect(screen.queryByRole("button", { name: "Hand over now…" })).toBeNull();

  api.answer(`GET ${JOB}`, aJob({ done: 160, total: 160, removed: 1 }));
  expect(await screen.findByText("159", { exact: false }, { timeout: 4_000 })).toBeTruthy();
  expect(screen.queryByRole("progressbar")).toBeNull();
  const asked = api.sent(`GET ${JOB}`).length;
  await new Promise((resolve) => setTimeout(resolve, 1_700));
  expect(api.sent(`GET ${JOB}`)).toHaveLength(asked);
});

test("moved records are counted, and listed page by page on demand", async () => {
  const record = { type: "contact", status: null, removed_at: null, updated_at: "2026-11-22T12:00:00Z", version: 2 };
  api.answer(`GET ${JOB}`, aJob());
  api.answer(`GET ${JOB}/records`, {
    data: [
      { ...record, record_id: "c-1", title: "Ada Stone", owner_id: KIM },
      { ...record, record_id: "t-2", title: null, owner_id: null, type: "task" },
    ],
    next_cursor: "next",
  });
  const { user } = await show({ last_job_id: "j1" });

  expect((await screen.findByRole("link", { name: "Kim Kell" })).closest("p")?.textContent).toBe(
    "2 records handed over to Kim Kell.",
  );
  expect(screen.getByText("1 completed record was removed.")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Show what was handed over" }));
  const list = await screen.findByRole("list", { name: "What was handed over" });
  expect(
    within(list)
      .getAllByRole("listitem")
      .map(({ textContent }) => textContent),
  ).toEqual(["Ada StoneContactsKim Kell", "t-2TasksRemoved"]);
  const last = { data: [{ ...record, record_id: "c-9", title: "Zoe Last", owner_id: KIM }], next_cursor: null };
  api.answer(`GET ${JOB}/records`, last);
  await user.click(screen.getByRole("button", { name: "Show more" }));
  expect(await within(list).findByText("Zoe Last")).toBeTruthy();
  await waitFor(() => {
    expect(api.sent(`GET ${JOB}/records`).map(({ query }) => query.get("cursor"))).toEqual([null, "next"]);
  });
});

test("what a job moved is moved on to someone eligible, after a second question", async () => {
  api.answer(`GET ${JOB}`, aJob());
  // Asked about Kim, who has them now.
  const eligible = aPreview(target(BEA, "Bea", ["contact", "task"]), target("e".repeat(26), "Eve", ["contact"]));
  api.answer(`GET ${ACCOUNT}/users/${KIM}/deactivation-preview`, eligible);
  api.answer(`POST ${ACCOUNT}/records/reassign`, aJob({ job_id: "j2", state: "waiting" }), 202);
  const { user } = await show({ last_job_id: "j1" });
  await user.click(await screen.findByRole("button", { name: "Hand over again…" }));
  const dialog = await screen.findByRole("dialog");
  const verb = () => within(dialog).getByRole("button", { name: "Hand over again" });

  await user.click(verb());
  expect(within(dialog).getByText("Please choose a new owner.")).toBeTruthy();
  await user.click(within(dialog).getByRole("combobox", { name: "New owner" }));
  await screen.findByRole("option", { name: /Bea/ });
  expect(screen.queryByRole("option", { name: /Eve/ })).toBeNull();
  await user.click(screen.getByRole("option", { name: /Bea/ }));
  await user.click(verb());
  expect(within(dialog).getByText("This cannot be undone, but", { exact: false })).toBeTruthy();
  expect(api.sent(`POST ${ACCOUNT}/records/reassign`)).toEqual([]);
  await user.click(verb());

  await waitFor(() => {
    expect(api.sent(`POST ${ACCOUNT}/records/reassign`).map(({ body }) => body)).toEqual([{ job_id: "j1", to: BEA }]);
  });
});

test("what waits is handed over by type", async () => {
  const eligible = aPreview(target(KIM, "Kim", ["contact"]));
  api.answer(`GET ${ACCOUNT}/users/${USER_ID}/deactivation-preview`, eligible);
  api.answer(`POST ${ACCOUNT}/records/reassign`, { code: "conflict" }, 409);
  const { user } = await show({ records_waiting: 6 });
  expect(screen.getByText("6 records are waiting for a new owner.")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Hand over now…" }));
  const dialog = await screen.findByRole("dialog");

  await user.click(await within(dialog).findByRole("checkbox", { name: "Tasks: 2" }));
  await user.click(within(dialog).getByRole("combobox", { name: "New owner" }));
  await user.click(await screen.findByRole("option", { name: /Kim/ }));
  await user.click(within(dialog).getByRole("button", { name: "Hand over" }));
  expect(within(dialog).getByText("Contacts: 4, to Kim Kell")).toBeTruthy();
  await user.click(within(dialog).getByRole("button", { name: "Hand over" }));

  // Someone else has ordered a move meanwhile.
  expect((await within(dialog).findByRole("alert")).textContent).toContain("are being handed over at the moment");
  expect(api.sent(`POST ${ACCOUNT}/records/reassign`).map(({ body }) => body)).toEqual([
    { from: USER_ID, to: KIM, types: ["contact"] },
  ]);
});

async function openHandOver() {
  const { user } = await show({ records_waiting: 6 });
  await user.click(screen.getByRole("button", { name: "Hand over now…" }));
  return { user, dialog: within(await screen.findByRole("dialog")) };
}

test("what waits is loading until it is known", async () => {
  api.hold(`GET ${ACCOUNT}/users/${USER_ID}/deactivation-preview`);
  const { dialog } = await openHandOver();

  expect(dialog.getByRole("status", { name: "Loading" })).toBeTruthy();
});

test("why it is not known what waits is said, and it is asked for again on demand", async () => {
  api.answer(`GET ${ACCOUNT}/users/${USER_ID}/deactivation-preview`, { code: "not_allowed" }, 403);
  const { user, dialog } = await openHandOver();

  expect(await dialog.findByText(/permission/)).toBeTruthy();
  expect(dialog.queryByRole("status", { name: "Loading" })).toBeNull();
  api.answer(`GET ${ACCOUNT}/users/${USER_ID}/deactivation-preview`, aPreview());
  await user.click(dialog.getByRole("button", { name: "Try again" }));

  expect(await dialog.findByRole("checkbox", { name: "Tasks: 2" })).toBeTruthy();
  expect(dialog.queryByText(/permission/)).toBeNull();
});

test("something has to be chosen to be handed over", async () => {
  api.answer(`GET ${ACCOUNT}/users/${USER_ID}/deactivation-preview`, aPreview(target(KIM, "Kim", ["contact", "task"])));
  const { user, dialog } = await openHandOver();
  await user.click(await dialog.findByRole("combobox", { name: "New owner" }));
  await user.click(await screen.findByRole("option", { name: /Kim/ }));
  for (const box of dialog.getAllByRole("checkbox")) await user.click(box);

  await user.click(dialog.getByRole("button", { name: "Hand over" }));

  expect((await dialog.findByRole("alert")).textContent).toContain("Choose at least one type of record.");
  expect(api.sent(`POST ${ACCOUNT}/records/reassign`)).toEqual([]);
});
