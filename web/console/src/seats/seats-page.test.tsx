import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import type { Account, User } from "../api/types.ts";
import { ACCOUNT_ID, aSeatRequest, aUser, anAccount } from "../../test/samples.ts";

const REQUESTS = `/v1/accounts/${ACCOUNT_ID}/seats/requests`;
const SELF = `/v1/accounts/${ACCOUNT_ID}/users/${"b".repeat(26)}`;

const ann = aUser({ user_id: "b".repeat(26), first_name: "Ann", last_name: "Admin", status: "active", kind: "user" });

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub().answer(`GET ${REQUESTS}`, { data: [], next_cursor: null }).answer(`GET ${SELF}`, ann);
  signInForTest();
  vi.resetModules();
});

interface Shown {
  account?: Account;
  isAdmin?: boolean;
  kind?: User["kind"];
}

async function show({ account = anAccount(), isAdmin = true, kind = "user" }: Shown = {}) {
  const { SeatsRoute } = await import("./seats-page.tsx");
  return renderWithProviders(<SeatsRoute />, { context: { account, isAdmin, kind, may: () => true } });
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>("button", { name });
const dialog = async () => within(await screen.findByRole("dialog"));
const withSeats = (limit: number | null, used: number, available: number | null) =>
  anAccount({ seats: { limit, used, available } });

test("seats are shown in total, in use and free, and by whom they are used", async () => {
  await show();

  const numbers = within(screen.getByRole("region", { name: "Seats of this account" }));
  for (const [title, n] of [
    ["In total", "10"],
    ["In use", "3"],
    ["Free", "7"],
  ] as const) {
    expect(numbers.getByText(title).nextElementSibling?.textContent).toBe(n);
  }
  expect(numbers.getByRole("progressbar", { name: "3 of 10 seats used" }).getAttribute("aria-valuenow")).toBe("30");
  const active = screen.getByRole("link", { name: "2: show users: Active" });
  expect(active.getAttribute("href")).toBe(`/console/${ACCOUNT_ID}/users?status=active`);
  expect(screen.queryByRole("link", { name: /blocked/ })).toBeNull();
});

test.each([
  [withSeats(3, 3, 0), "No seat is free"],
  [withSeats(3, 5, 0), "2 seats over the limit"],
  [withSeats(null, 5, null), "This account has no seat limit."],
])("what is special about the seats is said", async (account, text) => {
  await show({ account });

  expect(await screen.findByText(text)).toBeTruthy();
});

test("an account without a limit neither asks for seats nor gives any back", async () => {
  await show({ account: withSeats(null, 5, null) });

  expect(await screen.findByText("No seats have been requested yet.")).toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
});

test("the history names what was asked for, by whom, and what was decided", async () => {
  const decided = aSeatRequest({ kind: "complimentary", quantity: 1, status: "denied", decided_by: "operator:1" });
  api.answer(`GET ${REQUESTS}`, { data: [aSeatRequest({ reason: "Two new colleagues" }), decided], next_cursor: null });
  await show();

  const [purchase, complimentary] = (await screen.findAllByText(/^Purchase|complimentary seat$/)).map(
    (title) => title.closest("li")?.textContent,
  );
  await screen.findAllByRole("link", { name: "Ann Admin" });
  expect(purchase).toMatch(/^Purchase of 2 seatsWaitingTwo new colleaguesRequested by /);
  expect(complimentary).toMatch(/^1 complimentary seatDenied.*Denied by Usher support/);
});

test("older requests are read on demand", async () => {
  api.answer(`GET ${REQUESTS}`, { data: [aSeatRequest()], next_cursor: "next" });
  const { user } = await show();

  const more = await screen.findByRole("button", { name: "Show more" });
  api.answer(`GET ${REQUESTS}`, { data: [aSeatRequest({ kind: "return", status: "approved" })], next_cursor: null });
  await user.click(more);

  await waitFor(() => {
    expect(api.sent(`GET ${REQUESTS}`).map(({ query }) => query.get("cursor"))).toEqual([null, "next"]);
  });
  expect(await screen.findByText("2 seats given back")).toBeTruthy();
});

test("a purchase that takes effect at once is reported, and the account is read again", async () => {
  api.answer(`POST ${REQUESTS}`, aSeatRequest({ quantity: 2, status: "approved" }), 201);
  const { user, client } = await show();
  const invalidated = vi.spyOn(client, "invalidateQueries");

  await user.click(button("Ask for more seats"));
  const fields = await dialog();
  const quantity = fields.getByLabelText("Number of seats");
  await user.clear(quantity);
  await user.type(quantity, "2");
  await user.click(fields.getByRole("button", { name: "Send request" }));

  expect(await screen.findByText("2 seats have been added.")).toBeTruthy();
  expect(screen.queryByRole("dialog")).toBeNull();
  const [sent] = api.sent(`POST ${REQUESTS}`);
  expect(sent?.body).toEqual({ kind: "purchase", quantity: 2, reason: null });
  expect(sent?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f]{32}$/);
  expect(invalidated.mock.calls.map(([filters]) => filters?.queryKey?.[0])).toContain("account");
});

test("a complimentary request says that it waits", async () => {
  api.answer(`POST ${REQUESTS}`, aSeatRequest({ kind: "complimentary" }), 201);
  const { user } = await show();

  await user.click(button("Ask for more seats"));
  const fields = await dialog();
  await user.click(fields.getByRole("radio", { name: "Complimentary seats" }));
  await user.type(fields.getByLabelText("Reason (optional)"), " For a charity ");
  await user.click(fields.getByRole("button", { name: "Send request" }));

  expect(await screen.findByText("Your request has been sent. You’ll get an email with the decision.")).toBeTruthy();
  expect(api.sent(`POST ${REQUESTS}`)[0]?.body).toEqual({
    kind: "complimentary",
    quantity: 1,
    reason: "For a charity",
  });
});

test.each(["0", "-3", "2.5", "many", "10001", ""])("a request for “%s” seats is not sent", async (typed) => {
  const { user } = await show();

  await user.click(button("Ask for more seats"));
  const fields = await dialog();
  await user.clear(fields.getByLabelText("Number of seats"));
  if (typed) await user.type(fields.getByLabelText("Number of seats"), typed);
  await user.click(fields.getByRole("button", { name: "Send request" }));

  expect(await screen.findByText("Enter a whole number from 1 to 10,000.")).toBeTruthy();
  expect(api.sent(`POST ${REQUESTS}`)).toEqual([]);
});

test("no more seats are given back than are free", async () => {
  const { user } = await show();

  await user.click(button("Give seats back"));
  const fields = await dialog();
  expect(fields.queryByRole("radio")).toBeNull();
  await user.clear(fields.getByLabelText("Number of seats"));
  await user.type(fields.getByLabelText("Number of seats"), "8");
  await user.click(fields.getByRole("button", { name: "Give back" }));

  expect(await screen.findByText("Enter a whole number from 1 to 7.")).toBeTruthy();
  expect(api.sent(`POST ${REQUESTS}`)).toEqual([]);
});

test.each([
  ["Ask for more seats", "Send request", "quantity", "That many seats cannot be bought in one request."],
  ["Ask for more seats", "Send request", "kind", "This account already has too many requests waiting for a decision"],
  ["Ask for more seats", "Send request", "reason", "Enter at most 500 characters, without control characters."],
  ["Give seats back", "Give back", "quantity", "only seats that were bought and are free"],
])("%s: what is refused stands at its field", async (opener, submit, field, text) => {
  const errors = [{ field, message: "Refused." }];
  api.answer(`POST ${REQUESTS}`, { code: "invalid_request", errors }, 422);
  const { user } = await show();

  await user.click(button(opener));
  const fields = await dialog();
  await user.click(fields.getByRole("button", { name: submit }));

  expect((await fields.findByText(new RegExp(text))).className).toContain("error");
  expect(fields.queryByRole("alert")).toBeNull();
});

test("who is no administrator sees no seats", async () => {
  await show({ isAdmin: false });

  expect(screen.getByText("Only administrators who are not partners can manage seats.")).toBeTruthy();
  expect(api.sent(`GET ${REQUESTS}`)).toEqual([]);
});

test("a partner who is an administrator sees no seats", async () => {
  await show({ kind: "partner" });

  expect(await screen.findByText("Only administrators who are not partners can manage seats.")).toBeTruthy();
});
