import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { answerAccount } from "../../test/account.ts";
import { ApiStub } from "../../test/api-stub.ts";
import { renderConsole, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, USER_ID, aUser, anAccount } from "../../test/samples.ts";

const ACCOUNT = `/v1/accounts/${ACCOUNT_ID}`;
const MORE = "Actions for Lee Sherron";

let api: ApiStub;

beforeEach(() => {
  api = answerAccount(new ApiStub());
  signInForTest();
  vi.resetModules();
});

test("links are not offered to be copied in lists any more once the settings forbid it", async () => {
  const { user } = await renderConsole(`/console/${ACCOUNT_ID}/users`);
  await user.click(await screen.findByRole("button", { name: MORE }));
  expect(await screen.findByRole("menuitem", { name: "Copy link" })).toBeTruthy();
  await user.keyboard("{Escape}");
  await user.click(screen.getByRole("link", { name: "Settings" }));

  const account = anAccount();
  api.answer(`PATCH ${ACCOUNT}/settings`, { ...account, settings: { ...account.settings, allow_link_copy: false } });
  const without = aUser({ allowed_actions: ["resend", "revoke", "edit"] });
  api.answer(`GET ${ACCOUNT}/users`, { data: [without], next_cursor: null, total: 1 });
  api.answer(`GET ${ACCOUNT}/users/${USER_ID}`, without);
  const sent = api.sent(`GET ${ACCOUNT}/users`).length;
  await user.click(await screen.findByRole("switch", { name: /cop/i }));
  await user.click(screen.getByRole("button", { name: "Save settings" }));
  await screen.findByText("The settings have been saved.");
  await user.click(screen.getByRole("link", { name: "Users" }));

  await waitFor(() => {
    expect(api.sent(`GET ${ACCOUNT}/users`).length).toBeGreaterThan(sent);
  });
  await user.click(await screen.findByRole("button", { name: MORE }));
  expect(await screen.findByRole("menuitem", { name: "Revoke" })).toBeTruthy();
  expect(screen.queryByRole("menuitem", { name: "Copy link" })).toBeNull();
});
