import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { answerAccount } from "../../test/account.ts";
import { ApiStub } from "../../test/api-stub.ts";
import { renderConsole, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, USER_ID, aGroup, aUser } from "../../test/samples.ts";

const ACCOUNT = `/v1/accounts/${ACCOUNT_ID}`;
const ACCESS = `GET ${ACCOUNT}/access`;
const OWN = "b".repeat(26);
const RIGHTS = ["contacts.view", "users.view", "users.edit", "groups.edit"];

let api: ApiStub;

beforeEach(() => {
  api = answerAccount(new ApiStub());
  api.answer(ACCESS, { admin: false, kind: "user", permissions: [...RIGHTS, "journal.view"] });
  api.answer(`GET ${ACCOUNT}/journal`, { data: [], next_cursor: null });
  signInForTest();
  vi.resetModules();
});

const isInNavigation = (name: string) =>
  within(screen.getByRole("navigation", { name: "Account" })).queryByRole("link", { name }) !== null;

/** Shows the page of a user, and saves another first name of theirs. */
async function editUser(userId: string) {
  const { invitation } = aUser();
  const shown = aUser({ user_id: userId, invitation, allowed_actions: ["edit"] });
  api.answer(`GET ${ACCOUNT}/users/${userId}`, shown).answer(`PATCH ${ACCOUNT}/users/${userId}`, shown);
  const { user } = await renderConsole(`/console/${ACCOUNT_ID}/users/${userId}`);
  await user.click(await screen.findByRole("button", { name: "Edit" }));
  await user.type(await screen.findByLabelText("First name"), "a");
  expect(isInNavigation("Activity")).toBe(true);
  api.answer(ACCESS, { admin: false, kind: "user", permissions: RIGHTS });
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => {
    expect(screen.queryByRole("dialog")).toBeNull();
  });
}

test("the navigation follows a change of one's own user", async () => {
  await editUser(OWN);

  await waitFor(() => {
    expect(isInNavigation("Activity")).toBe(false);
  });
  expect(api.sent(ACCESS)).toHaveLength(2);
});

test("a change of someone else reads no rights again", async () => {
  await editUser(USER_ID);

  expect(api.sent(ACCESS)).toHaveLength(1);
});

test("a changed group reads one's rights again, and users with the actions that they allow", async () => {
  const { queryClient } = await import("../api/query-client.ts");
  const { queryKeys } = await import("../api/query-keys.ts");
  api.answer(`PATCH ${ACCOUNT}/groups/everyone`, aGroup());
  const { user } = await renderConsole(`/console/${ACCOUNT_ID}/groups`);
  await user.click(await screen.findByRole("button", { name: "Edit Everyone" }));
  queryClient.setQueryData(queryKeys.user(ACCOUNT_ID, USER_ID), aUser());
  api.answer(ACCESS, { admin: false, kind: "user", permissions: RIGHTS });

  await user.type(await screen.findByLabelText("Name"), "!");
  await user.click(screen.getByRole("button", { name: "Save group" }));

  await waitFor(() => {
    expect(isInNavigation("Activity")).toBe(false);
  });
  expect(queryClient.getQueryState(queryKeys.user(ACCOUNT_ID, USER_ID))?.isInvalidated).toBe(true);
});
