import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, GROUPS, aUser, anAccount } from "../../test/samples.ts";

const USERS = `GET /v1/accounts/${ACCOUNT_ID}/users`;

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub().answer(`GET /v1/accounts/${ACCOUNT_ID}/groups`, GROUPS);
  signInForTest();
  vi.resetModules();
});

async function show(parameters: string, counts: Partial<ReturnType<typeof anAccount>["counts"]> = { active: 3 }) {
  history.replaceState(null, "", `/console/${ACCOUNT_ID}/users?${parameters}`);
  const { UsersPage } = await import("./users-page.tsx");
  return renderWithProviders(<UsersPage />, {
    context: { may: () => true, account: anAccount({ counts: counts as never }) },
  });
}

const NONE_MATCHES = "No user matches these filters. Choose other filters, or invite someone.";
const NONE_FOUND = "No user who matches these filters has a name or email that starts with “zo”.";

test.each([
  ["status=active&group=everyone", "No users found", NONE_MATCHES],
  ["role=partner", "No users found", NONE_MATCHES],
  ["status=all&group=everyone&search=zo", "No users found", NONE_FOUND],
  ["status=active&role=admin&search=zo", "No users found", NONE_FOUND],
  ["status=attention&search=zo", "No users found", NONE_FOUND],
  ["status=attention&group=everyone", "No users found", NONE_MATCHES],
  ["status=waiting&group=everyone", "No users found", NONE_MATCHES],
  ["status=active", "No users found", "No one has the status “Active”. Choose other statuses, or invite someone."],
  [
    "status=waiting",
    "No users with records waiting",
    "No former user in the list has records waiting for a new owner. Erased people are not in the list: to see whether their records are waiting, open them from the activity.",
  ],
])("an empty list of %s says what is true of all its filters", async (parameters, title, text) => {
  api.answer(USERS, { data: [], next_cursor: null, total: null });

  await show(parameters);

  expect(await screen.findByRole("heading", { name: title })).toBeTruthy();
  expect(screen.getByText(text)).toBeTruthy();
});

test("nothing is said to need attention while the list lags behind the counts", async () => {
  const far = { ...aUser().invitation, expires_at: "2999-01-01T00:00:00Z" };
  api.answer(USERS, { data: [aUser({ invitation: far as never })], next_cursor: null, total: 2 });

  await show("status=attention");

  expect(await screen.findByText("The list is being updated")).toBeTruthy();
  expect(screen.queryByText("Nothing needs attention")).toBeNull();
});

test.each([
  ["more", "Needs attention5+"],
  [null, "Needs attention5"],
])("what needs attention in several pages is counted, and bounded before %s", async (next_cursor, shown) => {
  const pages = Array.from({ length: 5 }, (_, n) => ({
    data: [aUser({ user_id: String(n).repeat(26), status: "expired" })],
    next_cursor: n < 4 ? "more" : next_cursor,
    total: next_cursor ? 500 : 5,
  }));
  api.answer(USERS, () => pages.shift());

  const { container } = await show("status=attention", { expired: 500 });

  await waitFor(() => {
    expect(container.textContent).toContain(`${shown}Records waiting`);
  });
});
