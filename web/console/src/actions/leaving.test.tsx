import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { answerAccount } from "../../test/account.ts";
import { ApiStub } from "../../test/api-stub.ts";
import { renderConsole, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, USER_ID, aUser, anAccount } from "../../test/samples.ts";

const ACCOUNT = `/v1/accounts/${ACCOUNT_ID}`;
const USER = `${ACCOUNT}/users/${USER_ID}`;
const LIST = `/console/${ACCOUNT_ID}/users`;

let api: ApiStub;

beforeEach(() => {
  const { invitation } = aUser();
  const user = aUser({
    invitation: invitation && { ...invitation, delivery: "bounced" },
    allowed_actions: ["edit", "revoke"],
  });
  api = answerAccount(new ApiStub()).answer(`GET ${USER}`, user);
  api.answer(`GET ${ACCOUNT}/journal`, { data: [], next_cursor: null });
  signInForTest();
  vi.resetModules();
});

/** Goes from the list to a user, and begins an action there. */
async function begin(action: string) {
  const { user } = await renderConsole(LIST);
  await user.click(await screen.findByRole("link", { name: "Lee Sherron" }));
  await screen.findByRole("heading", { name: "Lee Sherron" });
  const button = screen.queryByRole("button", { name: action });
  if (!button) await user.click(screen.getByRole("button", { name: "Actions for Lee Sherron" }));
  await user.click(button ?? (await screen.findByRole("menuitem", { name: action })));
  await screen.findByRole("dialog");
  return user;
}

async function expectList() {
  await waitFor(() => {
    expect(location.pathname).toBe(LIST);
    expect(screen.queryByRole("dialog")).toBeNull();
  });
  expect(await screen.findByRole("heading", { name: "Users" })).toBeTruthy();
}

test("the browser's Back closes the dialog of an action", async () => {
  await begin("Revoke");

  history.back();

  await expectList();
});

test("Back asks about what was typed, and closes the dialog once it may be lost", async () => {
  const user = await begin("Edit");
  await user.type(await screen.findByLabelText("First name"), "x");

  history.back();

  await screen.findByRole("dialog", { name: "Discard your changes?" });
  await user.click(screen.getByRole("button", { name: "Discard changes" }));
  await expectList();
});

test("Back closes a dialog together with the one that stands in its place", async () => {
  api.answer(`GET ${ACCOUNT}`, anAccount({ seats: { limit: 3, used: 3, available: 0 } }));
  api.answer(`GET ${USER}`, aUser({ status: "declined", allowed_actions: [] }));
  const user = await begin("Invite again");
  await user.click(await screen.findByRole("button", { name: "Buy a seat" }));
  await screen.findByRole("dialog", { name: /seat/ });

  history.back();

  await expectList();
});

test("a dialog whose request runs stays, and shows how it ends", async () => {
  let refuse: (body: unknown) => void = () => undefined;
  const refused = new Promise((resolve) => {
    refuse = resolve;
  });
  api.answer(`POST ${USER}/revoke`, () => refused, 500);
  const user = await begin("Revoke");
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Revoke" }));
  await waitFor(() => {
    expect(api.sent(`POST ${USER}/revoke`)).toHaveLength(1);
  });

  history.back();
  await screen.findByRole("link", { name: "Lee Sherron", hidden: true });
  refuse({ code: "internal_error" });

  expect((await screen.findByRole("alert")).textContent).toContain("Something went wrong");
});
