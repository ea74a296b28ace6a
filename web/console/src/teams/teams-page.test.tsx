import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, USER_ID, aTeam, aUser, anAccount } from "../../test/samples.ts";

const TEAMS = `/v1/accounts/${ACCOUNT_ID}/teams`;
const USERS = `/v1/accounts/${ACCOUNT_ID}/users`;
const TEAM = `${TEAMS}/${aTeam().team_id}`;

const ann = aUser({ user_id: "b".repeat(26), first_name: "Ann", last_name: "Admin", status: "active" });
const lee = aUser();

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub()
    .answer(`GET ${TEAMS}`, { data: [aTeam()], next_cursor: null })
    .answer(`GET ${USERS}`, { data: [ann, lee], next_cursor: null, total: 2 })
    .answer(`GET ${USERS}/${USER_ID}`, lee)
    .answer(`GET ${USERS}/${ann.user_id}`, ann);
  signInForTest();
  vi.resetModules();
});

async function show({ allowed = ["users.view", "teams.edit"], account = anAccount() } = {}) {
  const { TeamsRoute } = await import("./teams-page.tsx");
  return renderWithProviders(<TeamsRoute />, {
    context: { account, may: (permission) => allowed.includes(permission) },
  });
}

const card = async (name: string) =>
  (await screen.findByRole("heading", { name })).closest<HTMLElement>("li") ?? document.body;
const button = (name: string) => screen.getByRole("button", { name });
const dialog = () => screen.findByRole("dialog");

test("a team is shown with the names of its managers and users", async () => {
  await show();

  const sales = within(await card("Sales"));

  expect(sales.getByText("1 manager")).toBeTruthy();
  expect(await sales.findByText("Ann Admin")).toBeTruthy();
  expect(await sales.findByText("Lee Sherron")).toBeTruthy();
});

const seven = Array.from({ length: 7 }, (_, index) =>
  aUser({ user_id: String(index + 2).repeat(26), first_name: `User${String(index + 2)}`, last_name: "" }),
);
const ofSeven = aTeam({ managers: [], users: seven.map(({ user_id }) => user_id) });
const readOneByOne = () => api.routes.filter((route) => route.startsWith(`GET ${USERS}/`));

test("names come from the list of users, and everyone of a large team is listed on demand", async () => {
  api.answer(`GET ${TEAMS}`, { data: [ofSeven], next_cursor: null });
  api.answer(`GET ${USERS}`, { data: seven, next_cursor: null, total: 7 });
  const { user } = await show({ allowed: ["users.view"] });

  expect(await screen.findByText("User2, User3, User4, User5, User6 and +2")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Show all, Sales: 7 users" }));

  const people = within(await dialog());
  expect(people.getByRole("heading", { name: "Sales: 7 users" })).toBeTruthy();
  expect((await people.findByRole("link", { name: "User8" })).getAttribute("href")).toContain("/users/88888888");
  expect(readOneByOne()).toEqual([]);
});

test("in an account with many users names are read one by one, a few at a time, and are no dash until then", async () => {
  const abroad = aTeam({ team_id: "t2", name: "Abroad", managers: [], users: ofSeven.users.slice(5) });
  api.answer(`GET ${TEAMS}`, { data: [ofSeven, abroad] });
  const { counts } = anAccount();
  await show({ account: { ...anAccount(), counts: { ...counts, active: 2000 } } });

  expect(await screen.findByText("…, …, …, …, … and +2")).toBeTruthy();
  expect(readOneByOne()).toHaveLength(6);
  expect(api.sent(`GET ${USERS}`)).toEqual([]);
});

test("names that are refused are not shown as an empty team", async () => {
  api.answer(`GET ${USERS}`, { code: "rate_limited" }, 429);
  api.answer(`GET ${USERS}/${USER_ID}`, { code: "rate_limited" }, 429);
  await show();

  const sales = within(await card("Sales"));

  expect(await sales.findByText("The names could not be loaded.")).toBeTruthy();
  expect(await sales.findByText("Ann Admin")).toBeTruthy();
});

test("who may not edit teams is not told to create one", async () => {
  api.answer(`GET ${TEAMS}`, { data: [], next_cursor: null });
  await show({ allowed: ["users.view"] });

  await screen.findByText("No teams yet");

  expect(screen.getByText("People who may edit teams create them here.")).toBeTruthy();
});

test("a team is created from a name and the people who were found", async () => {
  api.answer(`GET ${TEAMS}`, { data: [], next_cursor: null });
  api.answer(`POST ${TEAMS}`, aTeam({ name: "Service" }), 201);
  const { user } = await show();
  await screen.findByText("No teams yet");

  await user.click(button("New team"));
  const fields = within(await dialog());
  await user.type(fields.getByLabelText("Name"), " Service ");
  await user.click(fields.getByRole("combobox", { name: "Managers" }));
  await user.click(await screen.findByRole("option", { name: "Ann Admin" }));
  await user.click(fields.getByRole("button", { name: "Create" }));

  expect(await screen.findByText("The team Service has been created.")).toBeTruthy();
  const [sent] = api.sent(`POST ${TEAMS}`);
  expect(sent?.body).toEqual({ name: "Service", managers: [ann.user_id], users: [] });
  expect(sent?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f]{32}$/);
  await waitFor(() => {
    expect(api.sent(`GET ${TEAMS}`)).toHaveLength(2);
  });
});

test("a search for people that fails is not taken for one that found nobody", async () => {
  const { user } = await show();
  await card("Sales");
  await user.click(button("New team"));
  const field = within(await dialog()).getByRole("combobox", { name: "Managers" });
  await user.click(field);
  await user.click(await screen.findByRole("option", { name: "Ann Admin" }));
  api.answer(`GET ${USERS}`, {}, 500);

  await user.type(field, "Zoe");

  expect(await screen.findByText(/went wrong on our side/)).toBeTruthy();
  api.answer(`GET ${USERS}`, { data: [lee], next_cursor: null, total: 1 });
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => {
    expect(screen.queryByText(/went wrong on our side/)).toBeNull();
  });
});

test("a team without a name is not sent", async () => {
  const { user } = await show();
  await card("Sales");

  await user.click(button("New team"));
  await user.click(within(await dialog()).getByRole("button", { name: "Create" }));

  expect(await screen.findByText("Please fill this in.")).toBeTruthy();
  expect(api.sent(`POST ${TEAMS}`)).toEqual([]);
});

test("a team is deleted once that is confirmed", async () => {
  api.answer(`DELETE ${TEAM}`, {});
  const { user } = await show();
  const sales = within(await card("Sales"));

  await user.click(sales.getByRole("button", { name: "Delete Sales" }));
  expect(api.sent(`DELETE ${TEAM}`)).toEqual([]);
  await user.click(within(await dialog()).getByRole("button", { name: "Delete" }));

  expect(await screen.findByText("The team Sales has been deleted.")).toBeTruthy();
  expect(api.sent(`DELETE ${TEAM}`)).toHaveLength(1);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("without the permission teams are shown and not changed", async () => {
  await show({ allowed: ["users.view"] });

  const sales = within(await card("Sales"));

  expect(sales.queryByRole("button")).toBeNull();
  expect(screen.queryByRole("button", { name: "New team" })).toBeNull();
});

test("who may not see users sees no teams", async () => {
  await show({ allowed: [] });

  expect(screen.getByText("You don’t have permission to see this page. Ask an administrator.")).toBeTruthy();
  expect(api.sent(`GET ${TEAMS}`)).toEqual([]);
});

test("teams that could not be loaded can be requested again", async () => {
  api.answer(`GET ${TEAMS}`, {}, 503);
  const { user } = await show();
  await screen.findByText("This could not be loaded");

  api.answer(`GET ${TEAMS}`, { data: [aTeam()], next_cursor: null });
  await user.click(button("Try again"));

  await card("Sales");
});

test("who is on one side of a team is not offered for the other", async () => {
  const { user } = await show();
  await user.click(within(await card("Sales")).getByRole("button", { name: "Edit Sales" }));
  const fields = within(await dialog());

  await user.click(fields.getByRole("combobox", { name: "Managers" }));

  await screen.findByRole("option", { name: "Ann Admin" });
  expect(screen.queryByRole("option", { name: "Lee Sherron" })).toBeNull();
});

test("a refusal of people says who can be in a team", async () => {
  api.answer(`PATCH ${TEAM}`, { code: "invalid_request", errors: [{ field: "users", message: "No." }] }, 422);
  const { user } = await show();
  await user.click(within(await card("Sales")).getByRole("button", { name: "Edit Sales" }));
  const fields = within(await dialog());
  await user.click(fields.getByRole("button", { name: "Save team" }));

  expect(await fields.findByText(/^Only invited and active people .* at most 90 people\.$/)).toBeTruthy();
});

test("the limit of teams is said in words of its own", async () => {
  const errors = [{ field: "body", message: "An account can have at most 100 teams." }];
  api.answer(`POST ${TEAMS}`, { code: "invalid_request", errors }, 422);
  const { user } = await show();
  await card("Sales");
  await user.click(button("New team"));
  const fields = within(await dialog());
  await user.type(fields.getByLabelText("Name"), "Service");
  await user.click(fields.getByRole("button", { name: "Create" }));

  expect((await fields.findByRole("alert")).textContent).toBe(
    "This account already has 100 teams, the most it can have. Delete one that is no longer needed.",
  );
});
