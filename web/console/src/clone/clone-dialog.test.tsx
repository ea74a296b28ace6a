import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, USER_ID, aUser } from "../../test/samples.ts";

const USERS = `/v1/accounts/${ACCOUNT_ID}/users`;
const CLONE = `POST ${USERS}/${USER_ID}/permissions/clone`;

const everyone = { group_id: "everyone", name: "Everyone" };
const sales = { group_id: "sales", name: "Sales" };
const lee = aUser({
  status: "active",
  groups: [everyone, sales],
  permissions: { allow: ["contacts.export"], deny: [] },
});
const kim = aUser({
  user_id: "k".repeat(26),
  first_name: "Kim",
  last_name: "Novak",
  permissions: { allow: ["orders.view"], deny: ["users.view"] },
});
const ann = aUser({ user_id: "b".repeat(26), first_name: "Ann", last_name: "Admin", admin: true });

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub().answer(`GET ${USERS}`, { data: [ann, kim, lee], next_cursor: null, total: 3 });
  for (const user of [ann, kim, lee]) api.answer(`GET ${USERS}/${user.user_id}`, user);
  signInForTest();
  vi.resetModules();
});

async function show() {
  const { default: CloneDialog } = await import("./clone-dialog.tsx");
  const onClose = vi.fn();
  const rendered = await renderWithProviders(<CloneDialog user={lee} onClose={onClose} />);
  return { ...rendered, onClose, choose: chooser(rendered.user) };
}

type Clicks = Pick<Awaited<ReturnType<typeof renderWithProviders>>["user"], "click">;

const chooser = (user: Clicks) => async (name: string) => {
  await user.click(screen.getByRole("combobox", { name: "Clone to" }));
  await user.click(await screen.findByRole("option", { name }));
};
const lines = async (label: string) =>
  within(await screen.findByRole("list", { name: label }))
    .getAllByRole("listitem")
    .map(({ textContent }) => textContent);
const submit = () => screen.getByRole<HTMLButtonElement>("button", { name: "Clone permissions" });

test("the preview says who gains and loses what, and follows the switch", async () => {
  const { user, choose } = await show();
  expect(submit().disabled).toBe(true);

  await choose("Kim Novak");
  expect(await lines("What changes")).toEqual([
    "Kim NovakGets: Export contacts. Loses: View own and team’s orders. Is no longer denied: View users.",
  ]);

  await user.click(screen.getByRole("switch", { name: /^Replace their groups, too/ }));
  expect((await lines("What changes"))[0]).toMatch(/Groups: Everyone and Sales\.$/);
  expect(api.sent(CLONE)).toEqual([]);
});

test("the user whose permissions are cloned is no choice", async () => {
  const { user } = await show();

  await user.click(screen.getByRole("combobox", { name: "Clone to" }));
  await screen.findByRole("option", { name: "Kim Novak" });

  expect(screen.queryByRole("option", { name: "Lee Sherron" })).toBeNull();
});

test("what was chosen is sent once, and each person's result is shown with its reason", async () => {
  api.answer(CLONE, {
    results: [
      { user_id: kim.user_id, outcome: "changed", code: null },
      { user_id: ann.user_id, outcome: "skipped", code: "admin_has_all_permissions" },
    ],
  });
  const { user, choose, onClose } = await show();
  await choose("Kim Novak");
  await choose("Ann Admin");
  expect((await lines("What changes"))[1]).toBe("Ann AdminLeft out: administrators have every permission.");

  await user.click(submit());

  expect(await lines("Results")).toEqual([
    "Kim NovakChanged",
    "Ann AdminLeft out: administrators have every permission.",
  ]);
  expect(screen.getByText("The permissions of 1 person have changed.")).toBeTruthy();
  const [sent, ...others] = api.sent(CLONE);
  expect(sent?.body).toEqual({ to: [kim.user_id, ann.user_id], groups: false });
  expect(sent?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f]{32}$/);
  expect(others).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Done" }));
  expect(onClose).toHaveBeenCalledOnce();
});

test("a refusal keeps what was chosen, and the same request has the same key", async () => {
  api.answer(CLONE, { code: "busy" }, 503);
  const { user, choose } = await show();
  await choose("Kim Novak");
  await user.click(submit());
  expect((await screen.findByRole("alert")).textContent).toContain("Something went wrong on our side.");
  expect(await lines("What changes")).toHaveLength(1);

  await user.click(submit());
  await screen.findByRole("alert");
  const keys = api.sent(CLONE).map(({ headers }) => headers.get("Idempotency-Key"));
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});
