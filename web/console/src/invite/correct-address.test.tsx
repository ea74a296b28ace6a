import { screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import type { ApiStub } from "../../test/api-stub.ts";
import { INVITE, field, inviteApi, send } from "../../test/invite-dialog.tsx";
import { renderWithProviders } from "../../test/render.tsx";
import { ACCOUNT_ID, USER_ID, aUser } from "../../test/samples.ts";

const REVOKE = `POST /v1/accounts/${ACCOUNT_ID}/users/${USER_ID}/revoke`;
const BATCH = `${INVITE}/batch`;
const REVOKED = "The invitation to lee@example.org has been revoked. The new one has not been sent yet: send it again.";

let api: ApiStub;

beforeEach(() => {
  api = inviteApi().answer(BATCH, { results: [{ index: 0, email: "", outcome: "ok", code: null }] });
  api.answer(REVOKE, aUser({ status: "removed" }));
});

/** Opens the dialog for an invitation that bounced. */
async function open() {
  const { default: CorrectAddressDialog } = await import("./correct-address-dialog.tsx");
  const { ActionDialogHost } = await import("../actions/action-dialog-host.tsx");
  const { invitation } = aUser();
  const user = aUser({ invitation: invitation && { ...invitation, delivery: "bounced" }, allowed_actions: ["revoke"] });
  const dialog = (
    <ActionDialogHost>
      <CorrectAddressDialog user={user} onClose={() => undefined} />
    </ActionDialogHost>
  );
  return renderWithProviders(dialog);
}

async function correct(user: UserEvent, email: string) {
  await user.clear(field("Email"));
  await user.type(field("Email"), email);
  await send(user);
}

test("an invitation that fails after the other one was revoked says so, and can be sent again", async () => {
  api.answer(INVITE, { code: "internal_error" }, 500);
  const { user } = await open();
  expect(screen.getByText(/^The invitation to lee@example.org is revoked/)).toBeTruthy();

  await correct(user, "li@example.org");

  const alert = await within(screen.getByRole("dialog")).findByRole("alert");
  expect(alert.textContent).toContain(REVOKED);
  expect(screen.queryByText(/^The invitation to lee@example.org is revoked/)).toBeNull();
  api.answer(INVITE, aUser({ email: "li@example.org" }), 201);
  await send(user);
  expect(await screen.findByText("Invitation sent to li@example.org.")).toBeTruthy();
  expect([api.sent(BATCH), api.sent(REVOKE), api.sent(INVITE)].map(({ length }) => length)).toEqual([2, 1, 2]);
});

test("what was revoked is told beside a refused field, too", async () => {
  api.answer(INVITE, { code: "already_invited" }, 409);
  const { user } = await open();

  await correct(user, "li@example.org");

  expect(await screen.findByText(REVOKED)).toBeTruthy();
});

test("an invitation that is refused before anything is revoked does not say so", async () => {
  api.answer(BATCH, { code: "internal_error" }, 500);
  const { user } = await open();

  await correct(user, "li@example.org");

  await within(screen.getByRole("dialog")).findByRole("alert");
  expect(screen.queryByText(REVOKED)).toBeNull();
});

test("a way out asks whether what was typed may be lost", async () => {
  const taken = { index: 0, email: "max@example.org", outcome: "refused", code: "already_member", user_id: USER_ID };
  api.answer(BATCH, { results: [taken] });
  history.replaceState(null, "", `/console/${ACCOUNT_ID}/users`);
  const { user } = await open();
  await correct(user, "max@example.org");

  await user.click(await screen.findByRole("link", { name: "View user" }));
  await user.click(
    within(await screen.findByRole("dialog", { name: "Discard your changes?" })).getByText("Keep editing"),
  );
  expect(field("Email").value).toBe("max@example.org");
  expect(location.pathname).toBe(`/console/${ACCOUNT_ID}/users`);

  await user.click(screen.getByRole("link", { name: "View user" }));
  await user.click(screen.getByRole("button", { name: "Discard changes" }));
  await waitFor(() => {
    expect(location.pathname).toBe(`/console/${ACCOUNT_ID}/users/${USER_ID}`);
  });
});

test("a way out that stays on the page asks as well", async () => {
  api.answer(INVITE, { code: "no_seat_available" }, 409);
  history.replaceState(null, "", `/console/${ACCOUNT_ID}/users`);
  const { user } = await open();
  await correct(user, "li@example.org");

  await user.click(await screen.findByRole("link", { name: "Deactivate someone" }));

  expect(await screen.findByRole("dialog", { name: "Discard your changes?" })).toBeTruthy();
  expect(location.search).toBe("");
  await user.click(screen.getByRole("button", { name: "Discard changes" }));
  await waitFor(() => {
    expect(location.search).toBe("?status=active");
  });
});
