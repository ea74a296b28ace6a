import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, GROUPS, aUser, anAccount } from "../../test/samples.ts";

const max = aUser({ user_id: "m".repeat(26), first_name: "Max", last_name: "Member" });

beforeEach(() => {
  new ApiStub()
    .answer(`GET /v1/accounts/${ACCOUNT_ID}/groups`, GROUPS)
    .answer(`GET /v1/accounts/${ACCOUNT_ID}/users`, { data: [max], next_cursor: null, total: 1 });
  signInForTest();
  vi.resetModules();
  history.replaceState(null, "", `/console/${ACCOUNT_ID}/users`);
});

async function show({ mayInvite = true, account = anAccount() } = {}) {
  const { UsersPage } = await import("./users-page.tsx");
  return renderWithProviders(<UsersPage />, {
    context: { account, may: (permission) => mayInvite || permission !== "users.invite" },
  });
}

const ALONE = anAccount({
  counts: { invited: 0, expired: 0, active: 1, inactive: 0, blocked: 0, declined: 0, removed: 0 },
});

test("a person alone in the account is led to inviting the team, and reads what seats are", async () => {
  await show({ account: ALONE });

  const section = within(await screen.findByRole("region", { name: "Invite your team" }));
  expect(section.getByText(/^7 seats are free/)).toBeTruthy();
});

test.each([
  ["others are there", {}],
  ["they may not invite", { account: ALONE, mayInvite: false }],
])("nobody is led to inviting where %s", async (_, given) => {
  await show(given);
  await screen.findByRole("link", { name: "Max Member" });

  expect(screen.queryByRole("region", { name: "Invite your team" })).toBeNull();
});
