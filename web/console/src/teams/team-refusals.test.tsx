import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, USER_ID, aTeam, aUser } from "../../test/samples.ts";

const TEAMS = `/v1/accounts/${ACCOUNT_ID}/teams`;
const USERS = `/v1/accounts/${ACCOUNT_ID}/users`;
const TEAM = `${TEAMS}/${aTeam().team_id}`;

const ann = aUser({ user_id: "b".repeat(26), first_name: "Ann", last_name: "Admin", status: "active" });
const kim = aUser({ user_id: "k".repeat(26), first_name: "Kim", last_name: "Ko", status: "active" });
const zoe = aUser({ user_id: "z".repeat(26), first_name: "Zoe", last_name: "Zeller", status: "active" });
const lee = aUser();

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub()
    .answer(`GET ${TEAMS}`, { data: [aTeam()], next_cursor: null })
    .answer(`GET ${USERS}`, { data: [ann, lee, kim, zoe], next_cursor: null, total: 4 });
  for (const user of [ann, lee, kim, zoe]) api.answer(`GET ${USERS}/${user.user_id}`, user);
  signInForTest();
  vi.resetModules();
});

/** Opens the dialog of the team's button. */
async function open(button: string) {
  const { TeamsRoute } = await import("./teams-page.tsx");
  const { user } = await renderWithProviders(<TeamsRoute />);
  await user.click(await screen.findByRole("button", { name: button }));
  return { user, dialog: within(await screen.findByRole("dialog")) };
}

test("a team that has changed meanwhile is loaded again, and saved with one's own changes beside the others'", async () => {
  api.answer(`PATCH ${TEAM}`, { code: "conflict" }, 409);
  const { user, dialog } = await open("Edit Sales");
  api.answer(`GET ${TEAMS}`, { data: [aTeam({ managers: [ann.user_id, kim.user_id], version: 9 })] });
  await user.type(dialog.getByLabelText("Name"), "!");
  await user.click(dialog.getByRole("combobox", { name: "Managers" }));
  await user.click(await screen.findByRole("option", { name: "Zoe Zeller" }));
  await user.click(dialog.getByRole("button", { name: "Save team" }));

  await user.click(await dialog.findByRole("button", { name: "Load current values" }));

  expect(dialog.getByLabelText<HTMLInputElement>("Name").value).toBe("Sales!");
  expect(dialog.queryByRole("alert")).toBeNull();
  await user.click(dialog.getByRole("button", { name: "Save team" }));
  await vi.waitFor(() => {
    expect(api.sent(`PATCH ${TEAM}`)[1]?.headers.get("If-Match")).toBe('"9"');
  });
  const managers = [ann.user_id, kim.user_id, zoe.user_id];
  expect(api.sent(`PATCH ${TEAM}`)[1]?.body).toEqual({ name: "Sales!", managers, users: [USER_ID] });
});

test("an edit names the version that was seen, and a conflict keeps what was typed", async () => {
  api.answer(`PATCH ${TEAM}`, { code: "conflict" }, 409);
  const { user, dialog } = await open("Edit Sales");
  const name = dialog.getByLabelText<HTMLInputElement>("Name");
  await user.clear(name);
  await user.type(name, "Field sales");
  await user.click(dialog.getByRole("button", { name: "Save team" }));

  expect((await dialog.findByRole("alert")).textContent).toContain("Someone else changed this");
  expect(name.value).toBe("Field sales");
  const [sent] = api.sent(`PATCH ${TEAM}`);
  expect(sent?.headers.get("If-Match")).toBe('"2"');
});

test("a team that has changed meanwhile is deleted at its new version", async () => {
  api.answer(`DELETE ${TEAM}`, { code: "conflict" }, 409);
  const { user, dialog } = await open("Delete Sales");
  api.answer(`GET ${TEAMS}`, { data: [aTeam({ version: 9 })], next_cursor: null });
  await user.click(dialog.getByRole("button", { name: "Delete" }));
  expect((await dialog.findByRole("alert")).textContent).toContain("Please try again.");
  await waitFor(() => {
    expect(api.sent(`GET ${TEAMS}`)).toHaveLength(2);
  });

  api.answer(`DELETE ${TEAM}`, {});
  await user.click(dialog.getByRole("button", { name: "Delete" }));

  expect(await screen.findByText("The team Sales has been deleted.")).toBeTruthy();
  const versions = api.sent(`DELETE ${TEAM}`).map(({ headers }) => headers.get("If-Match"));
  expect(versions).toEqual(['"2"', '"9"']);
});

test.each([
  ["Edit Sales", "Save team", "PATCH"],
  ["Delete Sales", "Delete", "DELETE"],
])("who has more permissions than oneself stays in a team: %s", async (action, confirm, method) => {
  api.answer(`${method} ${TEAM}`, { code: "not_allowed" }, 403);
  const { user, dialog } = await open(action);

  await user.click(dialog.getByRole("button", { name: confirm }));

  expect((await dialog.findByRole("alert")).textContent).toBe(
    "Only an administrator can put in or take out someone with more permissions than you.",
  );
});
