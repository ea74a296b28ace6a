import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { ApiStub } from "../../test/api-stub.ts";
import { INVITE, errorOf, field, inviteApi, send } from "../../test/invite-dialog.tsx";
import { renderWithProviders } from "../../test/render.tsx";
import { ACCOUNT_ID, USER_ID, aUser } from "../../test/samples.ts";
import type { User } from "../api/types.ts";

const USER = `/v1/accounts/${ACCOUNT_ID}/users/${USER_ID}`;
const REVOKE = `POST ${USER}/revoke`;
const BATCH = `${INVITE}/batch`;

let api: ApiStub;

beforeEach(() => {
  api = inviteApi().answer(BATCH, { results: [{ index: 0, email: "", outcome: "ok", code: null }] });
});

async function open(action: "Invite again" | "Correct the address", shown: User, isAdmin = true) {
  const { ActionButtons } = await import("../actions/action-buttons.tsx");
  const { ActionDialogHost } = await import("../actions/action-dialog-host.tsx");
  const page = (
    <ActionDialogHost>
      <ActionButtons user={shown} />
    </ActionDialogHost>
  );
  const result = await renderWithProviders(page, { context: { isAdmin } });
  await result.user.click(screen.getByRole("button", { name: action }));
  await screen.findByRole("dialog");
  return result;
}

function bounced(): User {
  const { invitation } = aUser();
  return aUser({ invitation: invitation && { ...invitation, delivery: "bounced" }, allowed_actions: ["revoke"] });
}

test("someone who declined is invited again with what is known of them", async () => {
  api.answer(INVITE, aUser({ allowed_actions: ["copy_link"] }), 201);
  const phone = { country_code: "+44", number: "2079460000" };
  const { user } = await open("Invite again", aUser({ status: "declined", allowed_actions: [], phone }));
  expect(field("Email").value).toBe("lee@example.org");
  expect(screen.queryByText("Your unfinished invitation has been kept.")).toBeNull();

  await send(user);

  expect(await screen.findByText("Invitation sent to lee@example.org.")).toBeTruthy();
  const body = { first_name: "Lee", last_name: "Sherron", email: "lee@example.org", groups: ["everyone"], phone };
  expect(api.sent(INVITE)[0]?.body).toMatchObject(body);
  expect(api.sent(REVOKE)).toEqual([]);
});

test.each([
  [true, true],
  [false, undefined],
])("a former administrator comes back as one only if an administrator invites: %s", async (isAdmin, checked) => {
  await open("Invite again", aUser({ status: "removed", admin: true, allowed_actions: [] }), isAdmin);

  expect(screen.queryByRole<HTMLInputElement>("switch")?.checked).toBe(checked);
});

test("a corrected address gets the invitation, and the one that bounced is revoked before", async () => {
  api.answer(REVOKE, aUser({ status: "removed" })).answer(INVITE, aUser({ email: "li@example.org" }), 201);
  const { user } = await open("Correct the address", bounced());
  expect(screen.getByRole("dialog", { name: "Correct the address of Lee Sherron" })).toBeTruthy();

  await user.clear(field("Email"));
  await user.type(field("Email"), "li@example.org");
  await send(user);

  expect(await screen.findByText("Invitation sent to li@example.org.")).toBeTruthy();
  const writes = api.routes.filter((route) => route === REVOKE || route === INVITE);
  expect(writes).toEqual([REVOKE, INVITE]);
});

test("the address that bounced is not accepted again", async () => {
  const { user } = await open("Correct the address", bounced());

  await send(user);

  expect(errorOf("Email")).toContain("could not be reached");
  expect(api.requests.filter(({ method }) => method === "POST")).toEqual([]);
});

test("an address that is there already revokes nothing", async () => {
  const refused = { index: 0, email: "max@example.org", outcome: "refused", code: "already_member", user_id: USER_ID };
  api.answer(BATCH, { results: [refused] });
  const { user } = await open("Correct the address", bounced());

  await user.clear(field("Email"));
  await user.type(field("Email"), "max@example.org");
  await send(user);

  await waitFor(() => {
    expect(errorOf("Email")).toContain("already belongs to an active user");
  });
  expect(api.sent(REVOKE)).toEqual([]);
  expect(api.sent(INVITE)).toEqual([]);
});

test("a refused invitation is sent again without another revocation", async () => {
  api.answer(REVOKE, aUser({ status: "removed" })).answer(INVITE, { code: "conflict" }, 409);
  const { user } = await open("Correct the address", bounced());
  await user.clear(field("Email"));
  await user.type(field("Email"), "li@example.org");
  await send(user);
  await within(screen.getByRole("dialog")).findByRole("alert");

  api.answer(INVITE, aUser({ email: "li@example.org" }), 201);
  await send(user);

  expect(await screen.findByText("Invitation sent to li@example.org.")).toBeTruthy();
  const keys = api.sent(REVOKE).map(({ headers }) => headers.get("Idempotency-Key"));
  expect(new Set(keys).size).toBe(1);
});

test("the link can be copied from the message", async () => {
  const link = { url: "https://usher.example/invite#t", expires_at: "2026-11-29T12:00:00Z" };
  api.answer(INVITE, aUser({ allowed_actions: ["copy_link"] }), 201).answer(`POST ${USER}/invitation-link`, link);
  const { user } = await open("Invite again", aUser({ status: "declined", allowed_actions: [] }));
  await send(user);

  await user.click(await screen.findByRole("button", { name: "Copy link" }));

  expect(await screen.findByRole("dialog", { name: "Link for Lee Sherron" })).toBeTruthy();
  expect(await screen.findByText(link.url)).toBeTruthy();
});
