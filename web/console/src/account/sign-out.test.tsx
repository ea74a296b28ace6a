import { act, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { writeSession } from "#shared/session.ts";
import { answerAccount } from "../../test/account.ts";
import { ApiStub } from "../../test/api-stub.ts";
import { renderConsole, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, USER_ID, aUser } from "../../test/samples.ts";

const DRAFT = `usher.invite.${ACCOUNT_ID}.ann@example.org`;

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub();
  signInForTest();
  // The session is read when the store is loaded.
  vi.resetModules();
});

test("signing out is reported, and everything that was read is forgotten", async () => {
  answerAccount(api);
  const { user } = await renderConsole(`/console/${ACCOUNT_ID}/users`);
  await user.click(await screen.findByRole("button", { name: "Invite user" }));
  await user.type(await screen.findByLabelText("First name"), "Lee");
  await user.keyboard("{Escape}");
  expect(Object.keys(sessionStorage)).toContain(DRAFT);
  sessionStorage.setItem(`usher.many.${ACCOUNT_ID}.ann@example.org`, "{}");
  sessionStorage.setItem(`usher.users.${ACCOUNT_ID}`, "search=lee");
  const { notifications } = await import("@mantine/notifications");
  act(() => {
    notifications.show({ message: "No seat is free", autoClose: false });
  });
  await screen.findByText("No seat is free");
  await user.click(await screen.findByRole("button", { name: "Your menu, Ann Admin" }));

  await user.click(await screen.findByRole("menuitem", { name: "Sign out" }));

  expect(await screen.findByText("You are signed out.")).toBeTruthy();
  const { queryClient } = await import("../api/query-client.ts");
  expect(queryClient.getQueryCache().getAll()).toEqual([]);
  expect(Object.keys(sessionStorage).filter((key) => key.startsWith("usher."))).toEqual([]);
  expect(screen.queryByText("No seat is free")).toBeNull();
});

test("an answer that arrives after sign-out is dropped", async () => {
  answerAccount(api);
  const { user } = await renderConsole(`/console/${ACCOUNT_ID}/users`);
  let answer: () => void = vi.fn();
  const isAnswered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const route = `POST /v1/accounts/${ACCOUNT_ID}/users/${USER_ID}/resend`;
  api.answer(route, () => isAnswered.then(() => aUser()));
  await user.click(await screen.findByRole("button", { name: /^Resend/ }));
  await waitFor(() => {
    expect(api.sent(route)).toHaveLength(1);
  });
  const { endSession } = await import("../session/store.ts");
  act(() => {
    endSession("signed-out");
  });
  expect(await screen.findByRole("button", { name: "Sign in" })).toBeTruthy();

  await act(async () => {
    answer();
    await new Promise((resolve) => setTimeout(resolve, 50));
  });

  expect(screen.queryByText(/lee@example\.org/)).toBeNull();
});

test.each([
  ["whose token is no longer valid", "Refresh Token has been revoked"],
  ["who was blocked", "User is disabled."],
])("the session of someone %s ends when it is to be renewed", async (_, message) => {
  writeSession({ access_token: "access", id_token: "id", refresh_token: "refresh", expires_at: Date.now() });
  api
    .answer("GET /config.json", { user_pool_client_id: "client", cognito_endpoint: "https://cognito.example" })
    .answer("POST /", { __type: "NotAuthorizedException", message }, 400);

  await renderConsole(`/console/${ACCOUNT_ID}/users`);

  expect(await screen.findByLabelText("Password")).toBeTruthy();
});

test("where nothing can be loaded, one can sign out", async () => {
  api.answer("GET /v1/me", { code: "not_possible" }, 422);
  const { user } = await renderConsole(`/console/${ACCOUNT_ID}/users`);

  await user.click(await screen.findByRole("button", { name: "Sign out" }));

  expect(await screen.findByText("You are signed out.")).toBeTruthy();
});
