import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { me } from "../../test/samples.ts";
import { readSession } from "#shared/session.ts";

const PASSWORD = "POST /v1/me/password";
const POLICY = {
  min_length: 7,
  max_length: 256,
  uppercase: true,
  lowercase: true,
  number: true,
  no_outer_spaces: true,
};

let api: ApiStub;

beforeEach(() => {
  const config = { region: "", user_pool_client_id: "client", cognito_endpoint: "", password_policy: POLICY };
  api = new ApiStub().answer("GET /config.json", config);
  signInForTest();
  vi.resetModules();
});

async function show() {
  const { SignInSection } = await import("./sign-in-section.tsx");
  return renderWithProviders(<SignInSection me={me()} />);
}

async function open() {
  const { user } = await show();
  await user.click(screen.getByRole("button", { name: "Change password…" }));
  const dialog = await screen.findByRole("dialog");
  const field = (label: string) => within(dialog).getByLabelText<HTMLInputElement>(label);
  await within(dialog).findByText("At least 7 characters");
  return {
    user,
    dialog,
    field,
    send: async (current: string, password: string) => {
      for (const [label, text] of [
        ["Current password", current],
        ["New password", password],
      ] as const) {
        await user.clear(field(label));
        if (text) await user.type(field(label), text);
      }
      await user.click(within(dialog).getByRole("button", { name: "Change password" }));
    },
  };
}

test("a changed password brings new tokens and says that other sessions have ended", async () => {
  const session = { access_token: "a2", id_token: "i2", refresh_token: "r2", expires_in: 900 };
  api.answer(PASSWORD, { session });
  const { send } = await open();

  await send("Trombone11", "Trombone12");

  expect(await screen.findByText(/All your other sessions have ended/)).toBeTruthy();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(readSession()).toMatchObject({ access_token: "a2", refresh_token: "r2" });
  const [sent] = api.sent(PASSWORD);
  expect(sent?.body).toEqual({ current_password: "Trombone11", password: "Trombone12" });
  expect(sent?.headers.get("Idempotency-Key")).toBeTruthy();
});

test("a password that breaks a rule, or is the current one, is not sent", async () => {
  const { dialog, send } = await open();

  await send("", "short");
  expect(within(dialog).getByText("Please fill this in.")).toBeTruthy();
  expect(within(dialog).getByText("This password does not meet all of the rules yet.")).toBeTruthy();
  expect(
    within(dialog)
      .getAllByRole("listitem")
      .filter((rule) => within(rule).queryByRole("img", { name: "✓" })),
  ).toEqual([within(dialog).getByText("One lowercase letter, a–z").closest("li")]);
  await send("Trombone11", "Trombone11");

  expect(within(dialog).getByText("Choose a password that differs from your current one.")).toBeTruthy();
  expect(api.sent(PASSWORD)).toEqual([]);
});

test.each([
  ["current_password", "wrong_password", "Current password", "This is not your current password."],
  ["password", "password_too_common", "New password", "Choose another password"],
])("a refused %s is explained beside its field", async (name, reason, label, text) => {
  api.answer(PASSWORD, { code: "invalid_request", errors: [{ field: name, message: "No.", reason }] }, 422);
  const { dialog, field, send } = await open();

  await send("Trombone11", "Trombone12");

  await waitFor(() => {
    expect(within(dialog).getByText(text, { exact: false })).toBeTruthy();
  });
  expect(document.activeElement).toBe(field(label));
  expect(within(dialog).queryByRole("alert")).toBeNull();
});

test("too many wrong passwords are told in words of their own", async () => {
  api.answer(PASSWORD, { code: "rate_limited", request_id: "r-1" }, 429, { "Retry-After": "3600" });
  const { dialog, send } = await open();

  await send("Trombone11", "Trombone12");

  expect((await within(dialog).findByRole("alert")).textContent).toContain("cannot be changed again today");
});

test("signing out everywhere asks first, and ends this session, too", async () => {
  api.answer("POST /v1/me/sign-out", {}).answer("POST /", {});
  const { user } = await show();
  await user.click(screen.getByRole("button", { name: "Sign out everywhere…" }));
  expect(api.sent("POST /v1/me/sign-out")).toEqual([]);

  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Sign out everywhere" }));

  await waitFor(() => {
    expect(readSession()).toBeNull();
  });
  expect(api.sent("POST /v1/me/sign-out")).toHaveLength(1);
});

test("a session that could not be ended stays, and says so", async () => {
  api.answer("POST /v1/me/sign-out", {}, 503);
  const { user } = await show();
  await user.click(screen.getByRole("button", { name: "Sign out everywhere…" }));
  const dialog = await screen.findByRole("dialog");

  await user.click(within(dialog).getByRole("button", { name: "Sign out everywhere" }));

  expect((await within(dialog).findByRole("alert")).textContent).toContain("Something went wrong on our side");
  expect(readSession()).not.toBeNull();
});
