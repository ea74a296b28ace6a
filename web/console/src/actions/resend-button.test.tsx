import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, USER_ID, aUser } from "../../test/samples.ts";
import type { User } from "../api/types.ts";

const RESEND = `POST /v1/accounts/${ACCOUNT_ID}/users/${USER_ID}/resend`;
const SENT_AT = Date.parse("2026-11-22T12:00:00Z");

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub();
  signInForTest();
  vi.resetModules();
  vi.useFakeTimers({ now: SENT_AT + 300_000, shouldAdvanceTime: true });
});

afterEach(() => {
  vi.useRealTimers();
});

async function show(shown: User = aUser()) {
  const { ResendButton } = await import("./resend-button.tsx");
  return renderWithProviders(<ResendButton user={shown} />);
}

const button = () => screen.getByRole("button", { name: /Lee Sherron’s invitation$/ });
const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(1000 * seconds));

test("resending reports the address, and the next one is possible after a minute", async () => {
  api.answer(RESEND, aUser());
  const { user } = await show();

  await user.click(button());

  expect(await screen.findByText("New invitation sent to lee@example.org. Earlier links no longer work.")).toBeTruthy();
  expect(button().textContent).toMatch(/^Resend in (60|59) s$/);
  await user.click(button());
  expect(api.sent(RESEND)).toHaveLength(1);
  await pass(61);
  expect(button().textContent).toBe("Resend");
});

test("it counts down from the last email", async () => {
  vi.setSystemTime(SENT_AT + 18_000);
  await show();
  expect(button().textContent).toBe("Resend in 42 s");
  expect(button().getAttribute("aria-disabled")).toBe("true");

  await pass(43);

  expect(button().textContent).toBe("Resend");
  expect(button().getAttribute("aria-disabled")).toBe("false");
});

test("a clock that is slow stops nobody", async () => {
  vi.setSystemTime(SENT_AT - 3_600_000);

  await show();

  expect(button().textContent).toBe("Resend");
});

test("a refusal says how long to wait, and counts it down", async () => {
  api.answer(RESEND, { code: "rate_limited", request_id: "r-1" }, 429, { "Retry-After": "42" });
  const { user } = await show();

  await user.click(button());

  expect(await screen.findByText("No email was sent to Lee Sherron")).toBeTruthy();
  expect(
    screen.getByText("An invitation was sent to this person a moment ago. You can send another one in 42 s."),
  ).toBeTruthy();
  expect(button().textContent).toMatch(/^Resend in 4[12] s$/);
});

test("the daily limit is said, and not counted down", async () => {
  api.answer(RESEND, { code: "rate_limited", request_id: "r-1" }, 429, { "Retry-After": "40000" });
  const { user } = await show();

  await user.click(button());

  expect(await screen.findByText(/^Today’s limit on invitation emails has been reached/)).toBeTruthy();
  expect(button().textContent).toBe("Resend");
});

test.each([
  ["user" as const, true, ["Get more seats", "Deactivate someone"]],
  ["partner" as const, true, ["Deactivate someone"]],
  ["user" as const, false, []],
])("without a free seat, a %s (administrator: %s) is offered %j", async (kind, isAdmin, cures) => {
  api.answer(RESEND, { code: "no_seat_available" }, 409);
  const { ResendButton } = await import("./resend-button.tsx");
  const { user } = await renderWithProviders(<ResendButton user={aUser()} />, { context: { kind, isAdmin } });

  await user.click(button());

  expect(await screen.findByText(/^No seat is free\./)).toBeTruthy();
  expect(screen.queryAllByRole("link").map(({ textContent }) => textContent)).toEqual(cures);
});

test("each invitation is a request of its own, also from a row that lags behind", async () => {
  api.answer(RESEND, aUser());
  const { user } = await show();
  await user.click(button());
  await screen.findByText(/^New invitation sent/);
  await pass(61);

  await user.click(button());

  const keys = api.sent(RESEND).map(({ headers }) => headers.get("Idempotency-Key"));
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(2);
});
