import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderConsole, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, GROUPS, aUser, anAccount, me } from "../../test/samples.ts";

const ACCOUNT = `GET /v1/accounts/${ACCOUNT_ID}`;
const ann = aUser({ user_id: "b".repeat(26), first_name: "Ann", last_name: "Admin", email: "ann@example.org" });
const lee = aUser();

beforeEach(() => {
  signInForTest();
  vi.resetModules();
  const api = new ApiStub()
    .answer("GET /v1/me", me())
    .answer(ACCOUNT, anAccount())
    .answer(`${ACCOUNT}/access`, { admin: false, permissions: ["users.view"] })
    .answer(`${ACCOUNT}/groups`, GROUPS);
  for (const user of [ann, lee]) api.answer(`${ACCOUNT}/users/${user.user_id}`, user);
});

test.each([
  ["Ann Admin", ann, 1],
  ["Lee Sherron", lee, 0],
])("the page of %s says whether that is oneself", async (name, user, badges) => {
  await renderConsole(`/console/${ACCOUNT_ID}/users/${user.user_id}`);
  await screen.findByRole("heading", { name });

  expect(within(screen.getByRole("main")).queryAllByText("You")).toHaveLength(badges);
});

test("the address and the id can be copied", async () => {
  const { user } = await renderConsole(`/console/${ACCOUNT_ID}/users/${lee.user_id}`);
  const written = vi.spyOn(navigator.clipboard, "writeText");

  await user.click(await screen.findByRole("button", { name: "Copy the email address" }));
  await user.click(screen.getByRole("button", { name: "Copy the user ID" }));

  expect(written.mock.calls).toEqual([["lee@example.org"], [lee.user_id]]);
  expect((await screen.findAllByText("Copied to the clipboard.")).length).toBeGreaterThan(0);
});

test("a browser that refuses to copy is said so", async () => {
  const { user } = await renderConsole(`/console/${ACCOUNT_ID}/users/${lee.user_id}`);
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("refused"));

  await user.click(await screen.findByRole("button", { name: "Copy the user ID" }));

  expect(await screen.findByText(/^It could not be copied automatically/)).toBeTruthy();
});
