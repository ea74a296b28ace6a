import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { USER, actionsApi, choose, withActions } from "../../test/action-buttons.tsx";
import type { ApiStub } from "../../test/api-stub.ts";
import { aUser } from "../../test/samples.ts";

let api: ApiStub;

beforeEach(() => {
  api = actionsApi();
});

test("reactivating asks for groups if none of the former ones exists", async () => {
  const errors = [{ field: "groups", message: "Required." }];
  api.answer(`POST ${USER}/reactivate`, { code: "invalid_request", errors }, 422);
  const { user, dialog, confirm } = await choose("Reactivate", withActions("reactivate"));
  await confirm();
  expect((await within(dialog).findByRole("alert")).textContent).toContain("Choose at least one group.");

  await user.click(within(dialog).getByRole("combobox", { name: "Groups" }));
  await user.click(await screen.findByRole("option", { name: "Everyone" }));
  api.answer(`POST ${USER}/reactivate`, aUser({ status: "active", first_name: "Leonie" }));
  await confirm();

  expect(await screen.findByText("Leonie Sherron is active again.")).toBeTruthy();
  const [first, second] = api.sent(`POST ${USER}/reactivate`);
  expect([first?.body, second?.body]).toEqual([{ groups: [] }, { groups: ["everyone"] }]);
  expect(second?.headers.get("Idempotency-Key")).not.toBe(first?.headers.get("Idempotency-Key"));
});

test.each([
  ["2020-05-01T12:00:00.000Z", /has passed and is cleared/],
  ["2131-05-01T12:00:00.000Z", /^Access still ends on .*2131/],
])("reactivating tells what becomes of an end of access (%s)", async (access_until, text) => {
  const { dialog } = await choose(
    "Reactivate",
    aUser({ status: "inactive", allowed_actions: ["reactivate"], access_until }),
  );

  expect(within(dialog).getByText(text)).toBeTruthy();
});

test("without a free seat, reactivating offers the ways out", async () => {
  api.answer(`POST ${USER}/reactivate`, { code: "no_seat_available" }, 409);
  const { dialog, confirm } = await choose("Reactivate", withActions("reactivate"));
  await confirm();

  expect((await within(dialog).findByRole("alert")).textContent).toMatch(/^No seat is free\. Get another seat/);
  const links = within(dialog).getAllByRole("link");
  expect(links.map(({ textContent }) => textContent)).toEqual(["Get more seats", "Deactivate someone"]);
});

test("a move of records that is under way is said where it stops reactivating", async () => {
  api.answer(`POST ${USER}/reactivate`, { code: "conflict" }, 409);
  const { dialog, confirm } = await choose("Reactivate", withActions("reactivate"));
  await confirm();

  expect((await within(dialog).findByRole("alert")).textContent).toContain("are being handed over at the moment");
});
