import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { USER, actionsApi, changes, choose, show, withActions } from "../../test/action-buttons.tsx";
import type { ApiStub } from "../../test/api-stub.ts";
import { fillInHalf } from "../../test/invite-dialog.tsx";
import { ACCOUNT_ID, GROUPS, USER_ID, aUser } from "../../test/samples.ts";
import { queryKeys } from "../api/query-keys.ts";
import { toLocalInput } from "../page/local-moment.ts";

let api: ApiStub;

beforeEach(() => {
  api = actionsApi();
});

test("an edit sends only the changed fields, with the version that was read", async () => {
  api.answer(`PATCH ${USER}`, aUser({ first_name: "Leona" }));
  const { user } = await choose("Edit", withActions("edit"));
  const firstName = await screen.findByLabelText("First name");
  await user.clear(firstName);
  await user.type(firstName, "Leona");

  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Save" }));

  expect(await screen.findByText("Leona Sherron has been saved.")).toBeTruthy();
  const [sent] = api.sent(`PATCH ${USER}`);
  expect(sent?.body).toEqual({ first_name: "Leona" });
  expect(sent?.headers.get("If-Match")).toBe('"3"');
});

test("what an edit rests on is asked for again on demand; if that fails later, nothing typed is lost", async () => {
  const route = "GET /v1/accounts/" + ACCOUNT_ID + "/groups";
  api.answer(route, {}, 500);
  const { user, client, dialog } = await choose("Edit", withActions("edit"));
  await within(dialog).findByRole("alert");
  api.answer(route, GROUPS);
  await user.click(within(dialog).getByRole("button", { name: "Try again" }));
  await user.type(await screen.findByLabelText("First name"), "nora");
  api.answer(route, {}, 500);

  await client.invalidateQueries({ queryKey: queryKeys.groups(ACCOUNT_ID) });

  expect(api.sent(route)).toHaveLength(3);
  expect(screen.getByLabelText<HTMLInputElement>("First name").value).toBe("Leenora");
  expect(screen.queryByText("The groups could not be loaded.", { exact: false })).toBeNull();
});

test("an end of access is set as a moment in UTC", async () => {
  api.answer(`PATCH ${USER}`, aUser());
  const { user } = await choose("Edit", aUser({ allowed_actions: ["edit"], access_until: "2031-05-01T12:00:00.000Z" }));
  const field = await screen.findByLabelText("Access ends (optional)");

  fireEvent.change(field, { target: { value: toLocalInput("2031-06-01T08:30:00.000Z") } });
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => {
    expect(api.sent(`PATCH ${USER}`).map(({ body }) => body)).toEqual([{ access_until: "2031-06-01T08:30:00.000Z" }]);
  });
});

test("a year of five digits is an error at the field, and nothing is sent", async () => {
  const { user } = await choose("Edit", aUser({ allowed_actions: ["edit"] }));
  const field = await screen.findByLabelText<HTMLInputElement>("Access ends (optional)");

  fireEvent.change(field, { target: { value: "20261-05-01T14:00" } });
  await user.click(screen.getByRole("button", { name: "Save" }));

  expect(await screen.findByText("Enter a date and time in the future.")).toBeTruthy();
  expect(field.max).toBe("9999-12-31T23:59");
  expect(changes(api)).toEqual([]);
});

test.each([
  ["where there was none", null],
  ["where there was one", "2031-05-01T12:00:00.000Z"],
])("an end of access that is half filled in, %s, is an error at the field, and nothing is sent", async (_, before) => {
  const { user } = await choose("Edit", aUser({ allowed_actions: ["edit"], access_until: before }));
  fillInHalf(await screen.findByLabelText<HTMLInputElement>("Access ends (optional)"));

  await user.click(screen.getByRole("button", { name: "Save" }));

  expect(await screen.findByText("Enter a date and time in the future.")).toBeTruthy();
  expect(screen.getByRole("dialog")).toBeTruthy();
  expect(changes(api)).toEqual([]);
});

test("individual permissions are shown on demand, and sent without those that are denied", async () => {
  api.answer(`PATCH ${USER}`, aUser());
  const shown = aUser({
    allowed_actions: ["edit"],
    permissions: { allow: ["contacts.export"], deny: ["users.view"] },
  });
  const { user } = await choose("Edit", shown);
  const shows = await screen.findByRole("button", { name: "1 individual permission" });
  expect(screen.queryByRole("checkbox", { name: "Export contacts" })).toBeNull();

  await user.click(shows);
  await user.click(screen.getByRole("checkbox", { name: "View all orders" }));
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => {
    expect(api.sent(`PATCH ${USER}`).map(({ body }) => body)).toEqual([
      { permissions: { allow: ["contacts.export", "orders.view_all"] } },
    ]);
  });
});

test("administrators deny permissions, and only what has changed is sent", async () => {
  api.answer(`PATCH ${USER}`, aUser());
  const shown = aUser({ allowed_actions: ["edit"], permissions: { allow: ["contacts.export"], deny: ["users.view"] } });
  const { user } = await choose("Edit", shown);

  await user.click(await screen.findByRole("button", { name: "1 denied permission" }));
  const denied = within(screen.getByRole("group", { name: "Denied permissions" }));
  await user.click(denied.getByRole("checkbox", { name: "Delete contacts" }));
  await user.click(denied.getByRole("checkbox", { name: "View users" }));
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => {
    expect(api.sent(`PATCH ${USER}`).map(({ body }) => body)).toEqual([{ permissions: { deny: ["contacts.delete"] } }]);
  });
});

test("an edit that conflicts keeps what was typed, also beside the current values", async () => {
  api.answer(`PATCH ${USER}`, { code: "conflict" }, 409);
  api.answer(`GET ${USER}`, aUser({ last_name: "Sherwood", version: 4 }));
  const { user } = await choose("Edit", withActions("edit"));
  const firstName = await screen.findByLabelText<HTMLInputElement>("First name");
  await user.type(firstName, "na");

  await user.click(screen.getByRole("button", { name: "Save" }));

  const load = await within(screen.getByRole("dialog")).findByRole("button", { name: "Load current values" });
  expect(firstName.value).toBe("Leena");
  await user.click(load);
  expect(screen.getByLabelText<HTMLInputElement>("Last name").value).toBe("Sherwood");
  expect(firstName.value).toBe("Leena");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => {
    expect(api.sent(`PATCH ${USER}`).map(({ headers }) => headers.get("If-Match"))).toEqual(['"3"', '"4"']);
  });
  expect(api.sent(`PATCH ${USER}`)[1]?.body).toEqual({ first_name: "Leena" });
});

test("a row that lags behind does not conflict with what was saved before", async () => {
  api.answer(`PATCH ${USER}`, aUser({ first_name: "Leona", version: 5 }));
  const { user, client } = await show(withActions("edit"));
  client.setQueryData(queryKeys.user(ACCOUNT_ID, USER_ID), aUser({ first_name: "Lea", version: 4 }));

  await user.click(screen.getByRole("button", { name: "Edit" }));
  const firstName = await screen.findByLabelText<HTMLInputElement>("First name");
  expect(firstName.value).toBe("Lea");
  await user.type(firstName, "h");
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => {
    expect(api.sent(`PATCH ${USER}`)[0]?.headers.get("If-Match")).toBe('"4"');
  });
});

test("closing asks about changes that are not saved", async () => {
  const { user } = await choose("Edit", withActions("edit"));
  await user.type(await screen.findByLabelText("First name"), "!");

  await user.keyboard("{Escape}");

  expect(screen.getByRole("dialog", { name: "Discard your changes?" })).toBeTruthy();
});

test("someone who has joined meanwhile is saved without the names that are no longer shown", async () => {
  api.answer(`PATCH ${USER}`, { code: "conflict" }, 409);
  const joined = aUser({ status: "active", invitation: null, last_name: "", version: 4, allowed_actions: ["edit"] });
  api.answer(`GET ${USER}`, joined);
  const { user } = await choose("Edit", withActions("edit"));
  await user.type(await screen.findByLabelText("First name"), "na");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await user.click(await screen.findByRole("button", { name: "Load current values" }));
  expect(screen.queryByLabelText("First name")).toBeNull();

  await user.click(screen.getByRole("switch", { name: /^Administrator/ }));
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => {
    expect(api.sent(`PATCH ${USER}`).map(({ body }) => body)).toEqual([{ first_name: "Leena" }, { admin: true }]);
  });
});

test("a group that no longer exists is said at the groups", async () => {
  const errors = [{ field: "groups", message: "There is no group 'everyone'." }];
  api.answer(`PATCH ${USER}`, { code: "invalid_request", errors }, 422);
  const { user } = await choose("Edit", withActions("edit"));
  await user.type(await screen.findByLabelText("First name"), "!");

  await user.click(screen.getByRole("button", { name: "Save" }));

  expect(await screen.findByText("A group that you chose no longer exists. Choose another.")).toBeTruthy();
  expect(screen.queryByText("Please choose at least one group.")).toBeNull();
});
