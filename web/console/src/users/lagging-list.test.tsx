import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, GROUPS, aUser, anAccount } from "../../test/samples.ts";

const USERS = `GET /v1/accounts/${ACCOUNT_ID}/users`;

let api: ApiStub;

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  api = new ApiStub().answer(`GET /v1/accounts/${ACCOUNT_ID}/groups`, GROUPS);
  signInForTest();
  vi.resetModules();
  history.replaceState(null, "", `/console/${ACCOUNT_ID}/users`);
});

afterEach(() => {
  vi.useRealTimers();
});

/** Shows the page of an account in which no invitation is pending. */
async function show() {
  const { UsersPage } = await import("./users-page.tsx");
  return renderWithProviders(<UsersPage />, {
    context: { may: () => true, account: anAccount({ counts: { active: 3 } }) },
  });
}

const lee = aUser();
const nameOf = (name: string) => screen.findByRole("link", { name });

test("a list that lags behind the counts says so, and is read again", async () => {
  api.answer(USERS, { data: [], next_cursor: null, total: 1 });
  await show();
  expect(await screen.findByText("The list is being updated")).toBeTruthy();
  expect(screen.queryByText("No users found")).toBeNull();

  api.answer(USERS, { data: [lee], next_cursor: null, total: 1 });
  await act(() => vi.advanceTimersByTimeAsync(2_000));

  await nameOf("Lee Sherron");
  expect(api.sent(USERS)).toHaveLength(2);
});

test("a list that goes on lagging is read again a few times only", async () => {
  api.answer(USERS, { data: [lee], next_cursor: null, total: 2 });
  await show();
  await nameOf("Lee Sherron");

  await act(() => vi.advanceTimersByTimeAsync(60_000));

  expect(api.sent(USERS)).toHaveLength(6);
});
