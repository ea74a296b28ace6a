import { screen, waitFor } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, GROUPS, aUser, anAccount } from "../../test/samples.ts";

const INVITE = `POST /v1/accounts/${ACCOUNT_ID}/users`;
const BATCH = `${INVITE}/batch`;
const COACH = "coach@partners.example";
const ID = "Usher ID of the partner";

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub()
    .answer(`GET /v1/accounts/${ACCOUNT_ID}/groups`, GROUPS)
    .answer(INVITE, aUser({ kind: "partner", email: COACH, admin: true }), 201);
  signInForTest();
  vi.resetModules();
});

async function open({ isAdmin = true } = {}) {
  const { default: InviteDialog } = await import("./invite-dialog.tsx");
  const onClose = vi.fn();
  const account = anAccount({ seats: { limit: 3, used: 3, available: 0 } });
  const dialog = <InviteDialog kind="partner" onClose={onClose} />;
  return { onClose, ...(await renderWithProviders(dialog, { context: { account, isAdmin } })) };
}

const radio = (name: RegExp) => screen.getByRole<HTMLInputElement>("radio", { name });

async function enter(user: UserEvent, address: string) {
  await user.click(screen.getByLabelText(ID));
  await user.paste(address);
}

const send = (user: UserEvent) => user.click(screen.getByRole("button", { name: "Send invitation" }));

const judged = (code: string) => ({ results: [{ index: 0, email: COACH, outcome: "refused", code }] });

test("a partner is added by address alone, as an administrator, without a word about seats", async () => {
  const { user, onClose } = await open();
  expect(screen.queryByLabelText("First name")).toBeNull();
  expect(screen.queryByText("No seat is free")).toBeNull();
  expect(radio(/^No/).checked).toBe(true);

  await enter(user, ` <${COACH}>`);
  await user.click(radio(/^Yes/));
  await send(user);

  expect(await screen.findByText(`${COACH} has been invited as a partner and administrator.`)).toBeTruthy();
  expect(onClose).toHaveBeenCalledOnce();
  expect(api.sent(INVITE).map(({ body }) => body)).toEqual([
    { kind: "partner", email: COACH, admin: true, groups: [], locale: "en", message: null, notify: [], phone: null },
  ]);
});

test("a partner who is no administrator gets groups", async () => {
  const { user } = await open();
  expect(screen.getByRole("combobox", { name: "Groups" })).toBeTruthy();

  await user.click(radio(/^Yes/));
  expect(screen.queryByRole("combobox", { name: "Groups" })).toBeNull();
  await user.click(radio(/^No/));
  await enter(user, COACH);
  await send(user);

  await waitFor(() => {
    expect(api.sent(INVITE)[0]?.body).toMatchObject({ kind: "partner", admin: false });
  });
});

test("someone who may invite and is no administrator is not asked whether the partner is one", async () => {
  await open({ isAdmin: false });

  expect(screen.queryByRole("radio")).toBeNull();
});

test("an address that is not certified is said at once, and can be invited as a user instead", async () => {
  api.answer(BATCH, judged("not_a_certified_partner"));
  const { user } = await open();
  await enter(user, COACH);
  await user.tab();

  expect(await screen.findByText(/does not belong to a certified partner/)).toBeTruthy();
  expect(api.sent(BATCH)[0]?.body).toMatchObject({ users: [{ kind: "partner", email: COACH }], dry_run: true });
  await user.click(screen.getByRole("button", { name: "Invite as a user instead" }));

  expect(screen.getByLabelText<HTMLInputElement>("Email").value).toBe(COACH);
  expect(screen.getByLabelText("First name")).toBeTruthy();
  expect(screen.queryByText(/does not belong to a certified partner/)).toBeNull();
  expect(screen.getByText("No seat is free")).toBeTruthy();
});

test("a refusal when it is sent stands at the address, with the same cure", async () => {
  api.answer(BATCH, { results: [] }).answer(INVITE, { code: "not_a_certified_partner" }, 422);
  const { user } = await open();
  await enter(user, COACH);

  await send(user);

  expect(await screen.findByText(/does not belong to a certified partner/)).toBeTruthy();
  expect(screen.getByLabelText(ID).getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByRole("button", { name: "Invite as a user instead" })).toBeTruthy();
});
