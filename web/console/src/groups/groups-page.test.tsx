import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, aGroup } from "../../test/samples.ts";
import { permissionAreas } from "../permissions/catalogue.ts";

const GROUPS = `/v1/accounts/${ACCOUNT_ID}/groups`;

const admins = aGroup({ group_id: "administrators", name: "Administrators", default: true, user_count: 1 });
const everyone = aGroup();
const sales = aGroup({
  group_id: "g".repeat(26),
  name: "Sales",
  description: "Who sells in Zürich",
  permissions: ["contacts.view", "tasks.view"],
  user_count: 0,
});
const SALES = `${GROUPS}/${sales.group_id}`;

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub().answer(`GET ${GROUPS}`, { data: [admins, everyone, sales], next_cursor: null });
  signInForTest();
  vi.resetModules();
});

interface ShowOptions {
  may?: (permission: string) => boolean;
  isAdmin?: boolean;
}

async function show({ may = () => true, isAdmin = true }: ShowOptions = {}) {
  const { GroupsRoute } = await import("./groups-page.tsx");
  const rendered = await renderWithProviders(<GroupsRoute />, { context: { may, isAdmin } });
  await screen.findByRole("heading", { name: "Groups" });
  return rendered;
}

const card = (name: string) =>
  within(screen.getByRole("heading", { name, level: 2 }).closest<HTMLElement>("li") ?? document.body);
const names = () => screen.queryAllByRole("heading", { level: 2 }).map(({ textContent }) => textContent);
const button = (name: string) => screen.getByRole("button", { name });
const dialog = async () => within(await screen.findByRole("dialog"));

test("a group is shown with its users and where its permissions are", async () => {
  await show();

  const users = card("Everyone").getByRole("link", { name: "3 users" });
  expect(users.getAttribute("href")).toContain("/users?status=invited%2Cexpired%2Cactive%2Cblocked&group=everyone");
  expect(card("Everyone").getByText("2 in Contacts and Users")).toBeTruthy();
  expect(card("Everyone").getByText("Default group")).toBeTruthy();
  expect(card("Administrators").getByText("All permissions, always")).toBeTruthy();
  expect(card("Sales").getByText("0 users")).toBeTruthy();
});

test("a search finds names and descriptions, without accents, and says when it finds none", async () => {
  const { user } = await show();

  await user.type(screen.getByLabelText("Search"), "zurich");
  expect(names()).toEqual(["Sales"]);
  expect(screen.getByText("1 group")).toBeTruthy();

  await user.type(screen.getByLabelText("Search"), "!");
  expect(names()).toEqual(["No groups found"]);
  await user.click(button("Clear"));
  expect(names()).toHaveLength(3);
});

test("a group is created with the permissions that were found and chosen", async () => {
  api.answer(`POST ${GROUPS}`, sales, 201);
  const { user } = await show();

  await user.click(button("New group"));
  const fields = await dialog();
  await user.type(fields.getByLabelText("Name"), " Service ");
  await user.type(fields.getByLabelText("Find a permission"), "edit tasks{Enter}");
  expect(fields.queryByRole("checkbox", { name: "View all contacts" })).toBeNull();
  await user.click(fields.getByRole("checkbox", { name: "Edit all tasks" }));
  await user.clear(fields.getByLabelText("Find a permission"));
  await user.click(fields.getByRole("checkbox", { name: "Marketing" }));
  const all = permissionAreas().flatMap((area) => area.permissions).length;
  expect(fields.getByText(`3 of ${String(all)} chosen.`)).toBeTruthy();
  await user.click(fields.getByRole("button", { name: "Create" }));

  expect(await screen.findByText("The group Service has been created.")).toBeTruthy();
  const [sent, ...others] = api.sent(`POST ${GROUPS}`);
  expect(sent?.body).toEqual({
    name: "Service",
    description: "",
    permissions: ["marketing.send", "marketing.view", "tasks.edit_all"],
  });
  expect(sent?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f]{32}$/);
  expect(others).toEqual([]);
});

test("only what has changed is sent, with the version that was seen", async () => {
  api.answer(`PATCH ${SALES}`, sales);
  const { user } = await show();

  await user.click(button("Edit Sales"));
  const fields = await dialog();
  await user.click(fields.getByRole("checkbox", { name: "View own and team’s tasks" }));
  await user.click(fields.getByRole("button", { name: "Save group" }));

  expect(await screen.findByText("The group Sales has been saved.")).toBeTruthy();
  const [sent] = api.sent(`PATCH ${SALES}`);
  expect(sent?.body).toEqual({ permissions: ["contacts.view"] });
  expect(sent?.headers.get("If-Match")).toBe('"4"');
});

test("nothing changed sends nothing", async () => {
  const { user } = await show();

  await user.click(button("Edit Sales"));
  await user.click((await dialog()).getByRole("button", { name: "Save group" }));

  expect(screen.queryByRole("dialog")).toBeNull();
  expect(api.sent(`PATCH ${SALES}`)).toEqual([]);
});

test("a name that another group has is refused at its field, and nothing typed is lost", async () => {
  const errors = [{ field: "name", message: "There is already a group with this name." }];
  api.answer(`POST ${GROUPS}`, { code: "invalid_request", errors }, 422);
  const { user } = await show();

  await user.click(button("New group"));
  const fields = await dialog();
  const name = fields.getByLabelText<HTMLInputElement>("Name");
  await user.type(name, "Sales");
  await user.click(fields.getByRole("button", { name: "Create" }));

  expect(await fields.findByText("Enter a name of at most 80 characters that is not in use yet.")).toBeTruthy();
  expect(document.activeElement).toBe(name);
  expect(name.value).toBe("Sales");
});

test("the administrators' group has a name and no choice of permissions", async () => {
  const { user } = await show();

  await user.click(button("Edit Administrators"));

  expect((await dialog()).queryByRole("checkbox")).toBeNull();
  expect(screen.queryByRole("button", { name: "Delete Administrators" })).toBeNull();
});

test("an empty group is deleted once that is confirmed", async () => {
  api.answer(`DELETE ${SALES}`, sales);
  const { user } = await show();

  await user.click(button("Delete Sales"));
  await user.click((await dialog()).getByRole("button", { name: "Delete" }));

  expect(await screen.findByText("The group Sales has been deleted.")).toBeTruthy();
  expect(api.sent(`DELETE ${SALES}`)[0]?.headers.get("If-Match")).toBe('"4"');
});

test("a group with users is not deleted: it is said how many there are, with a way to them", async () => {
  api.answer(`GET ${GROUPS}`, { data: [admins, { ...everyone, group_id: "other" }], next_cursor: null });
  const { user } = await show();

  await user.click(button("Delete Everyone"));
  const refusal = await dialog();

  expect(refusal.getByRole("alert").textContent).toBe("3 users are in this group. Move them to another group first.");
  expect(refusal.getByRole("link", { name: "Show users" }).getAttribute("href")).toContain("group=other");
  expect(refusal.queryByRole("button", { name: "Delete" })).toBeNull();
});

test("someone who joined the group meanwhile is said in the same words", async () => {
  api.answer(`DELETE ${SALES}`, { code: "group_in_use", user_count: 1 }, 409);
  const { user } = await show();

  await user.click(button("Delete Sales"));
  const confirmation = await dialog();
  await user.click(confirmation.getByRole("button", { name: "Delete" }));

  expect((await confirmation.findByRole("alert")).textContent).toContain("1 user is in this group.");
  expect(confirmation.getByRole("link", { name: "Show users" })).toBeTruthy();
});

test.each([
  [true, [`/console/${ACCOUNT_ID}/settings`]],
  [false, []],
])("the group that new users start in leads to the settings: an administrator %s", async (isAdmin, links) => {
  api.answer(`GET ${GROUPS}`, { data: [admins, { ...everyone, user_count: 0 }], next_cursor: null });
  const { user } = await show({ isAdmin });

  await user.click(button("Delete Everyone"));

  const refusal = await dialog();
  expect(refusal.getByRole("alert").textContent).toContain("This is the default group for new users.");
  expect(refusal.queryAllByRole("link").map((link) => link.getAttribute("href"))).toEqual(links);
});

test("a group that gives more than the caller holds cannot be edited, nor such permissions be given", async () => {
  const { user } = await show({
    may: (permission) => ["groups.edit", "contacts.view", "tasks.view"].includes(permission),
  });
  expect(screen.queryByRole("button", { name: "Edit Everyone" })).toBeNull();

  await user.click(button("Edit Sales"));
  const box = (name: string) => screen.getByRole<HTMLInputElement>("checkbox", { name });
  await dialog();

  expect(box("View own and team’s tasks").disabled).toBe(false);
  expect(box("View all tasks").disabled).toBe(true);
  await user.click(box("Tasks"));
  expect(box("View own and team’s tasks").checked).toBe(false);
  expect(box("Orders").disabled).toBe(true);
});

test("without the permission groups are shown and not changed", async () => {
  await show({ may: () => false });

  expect(names()).toEqual(["Administrators", "Everyone", "Sales"]);
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.queryByRole("link")).toBeNull();
});

test("the limit of groups is said in words of its own, and no field is blamed", async () => {
  const errors = [{ field: "body", message: "An account can have at most 100 groups." }];
  api.answer(`POST ${GROUPS}`, { code: "invalid_request", errors }, 422);
  const { user } = await show();
  await user.click(button("New group"));
  const fields = await dialog();
  await user.type(fields.getByLabelText("Name"), "Service");
  await user.click(fields.getByRole("button", { name: "Create" }));

  expect((await fields.findByRole("alert")).textContent).toBe(
    "This account already has 100 groups, the most it can have. Delete one that is no longer needed.",
  );
});
