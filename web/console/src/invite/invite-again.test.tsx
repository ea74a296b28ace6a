import { screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
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

async function open(
  action: "Invite again" | "Correct the address",
  shown: User,
  { isAdmin = true, may = () => true }: { isAdmin?: boolean; may?: (permission: string) => boolean } = {},
) {
  const { ActionButtons } = await import("../actions/action-buttons.tsx");
  const { ActionDialogHost } = await import("../actions/action-dialog-host.tsx");
  const page = (
    <ActionDialogHost>
      <ActionButtons user={shown} />
    </ActionDialogHost>
  );
  const result = await renderWithProviders(page, { context: { isAdmin, may } });
  await result.user.click(screen.getByRole("button", { name: action }));
  await screen.findByRole("dialog");
  return result;
}

function bounced(): User {
  const { invitation } = aUser();
  return aUser({ invitation: invitation && { ...invitation, delivery: "bounced" }, allowed_actions: ["revoke"] });
}

async function correct(user: UserEvent, email: string) {
  await user.clear(field("Email"));
  await user.type(field("Email"), email);
  await send(user);
}

const judged = (code: string) => ({
  results: [{ index: 0, email: "li@example.org", outcome: "refused", code, errors: [] }],
});

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
  await open("Invite again", aUser({ status: "removed", admin: true, allowed_actions: [] }), { isAdmin });

  expect(screen.queryByRole<HTMLInputElement>("switch")?.checked).toBe(checked);
});

test("a corrected address gets the invitation, and the one that bounced is revoked before", async () => {
  api.answer(REVOKE, aUser({ status: "removed" })).answer(INVITE, aUser({ email: "li@example.org" }), 201);
  const { user } = await open("Correct the address", bounced());
  expect(screen.getByRole("dialog", { name: "Correct the address of Lee Sherron" })).toBeTruthy();

  await correct(user, "li@example.org");

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

  await correct(user, "max@example.org");

  await waitFor(() => {
    expect(errorOf("Email")).toContain("already belongs to an active user");
  });
  expect(api.sent(REVOKE)).toEqual([]);
  expect(api.sent(INVITE)).toEqual([]);

  await user.click(screen.getByRole("link", { name: "View user" }));
  await user.click(screen.getByRole("button", { name: "Discard changes" }));
  await waitFor(() => {
    expect(location.pathname).toBe(`/console/${ACCOUNT_ID}/users/${USER_ID}`);
  });
});

test("a refused invitation is sent again without another revocation", async () => {
  api.answer(REVOKE, aUser({ status: "removed" })).answer(INVITE, { code: "conflict" }, 409);
  const { user } = await open("Correct the address", bounced());
  await correct(user, "li@example.org");
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

const LIMITED = { permissions: { allow: ["contacts.export", "orders.view_all"], deny: ["tasks.view"] } };

test.each(["Invite again", "Correct the address"] as const)(
  "%s: the end of access and the individual permissions are carried over",
  async (action) => {
    api.answer(REVOKE, aUser({ status: "removed" })).answer(INVITE, aUser({ email: "li@example.org" }), 201);
    const ended = { ...LIMITED, access_until: "2031-05-01T12:00:00.000Z" };
    const shown = action === "Invite again" ? aUser({ status: "declined", allowed_actions: [] }) : bounced();
    const { user } = await open(action, { ...shown, ...ended });
    expect(screen.getByText("3 individual permissions are carried over.")).toBeTruthy();

    await correct(user, "li@example.org");

    await screen.findByText("Invitation sent to li@example.org.");
    expect(api.sent(INVITE)[0]?.body).toMatchObject(ended);
  },
);

test("an end of access that has passed is not carried over", async () => {
  api.answer(INVITE, aUser(), 201);
  const left = aUser({ status: "removed", allowed_actions: [], access_until: "2020-05-01T12:00:00.000Z" });
  const { user } = await open("Invite again", left);

  await send(user);

  await screen.findByText("Invitation sent to lee@example.org.");
  expect(api.sent(INVITE)[0]?.body).not.toHaveProperty("access_until");
});

test("permissions that the caller cannot set are left out, which is said", async () => {
  api.answer(INVITE, aUser(), 201);
  const left = aUser({ ...LIMITED, status: "removed", allowed_actions: [] });
  const { user } = await open("Invite again", left, {
    isAdmin: false,
    may: (permission) => permission !== "orders.view_all",
  });
  expect(screen.getByText("1 individual permission is carried over.")).toBeTruthy();
  expect(
    screen.getByText("2 individual permissions are not carried over, because you are not allowed to set them."),
  ).toBeTruthy();

  await send(user);

  await screen.findByText("Invitation sent to lee@example.org.");
  expect(api.sent(INVITE)[0]?.body).toMatchObject({ permissions: { allow: ["contacts.export"], deny: [] } });
});

test("an administrator gets no individual permissions", async () => {
  api.answer(INVITE, aUser(), 201);
  const { user } = await open("Invite again", aUser({ ...LIMITED, status: "removed", allowed_actions: [] }));

  await user.click(screen.getByRole("switch"));
  expect(screen.queryByText(/carried over/)).toBeNull();
  await send(user);

  await screen.findByText("Invitation sent to lee@example.org.");
  expect(api.sent(INVITE)[0]?.body).not.toHaveProperty("permissions");
});

test("the invitation itself is judged before the other one is revoked", async () => {
  api.answer(BATCH, judged("rate_limited"));
  const { user } = await open("Correct the address", { ...bounced(), access_until: "2031-05-01T12:00:00.000Z" });

  await correct(user, "li@example.org");

  const alert = await within(screen.getByRole("dialog")).findByRole("alert");
  expect(alert.textContent).toContain("The limit on emails to this person");
  expect(api.sent(BATCH).reverse()[0]?.body).toMatchObject({
    users: [{ first_name: "Lee", email: "li@example.org", access_until: "2031-05-01T12:00:00.000Z" }],
    dry_run: true,
  });
  expect(api.sent(REVOKE)).toEqual([]);
  expect(field("Email").value).toBe("li@example.org");
});

test("a field that is refused is shown before anything is revoked", async () => {
  const errors = [{ field: "first_name", message: "Not a name." }];
  const result = { index: 0, email: "li@example.org", outcome: "refused", code: "invalid_request", errors };
  api.answer(BATCH, { results: [result] });
  const { user } = await open("Correct the address", bounced());

  await correct(user, "li@example.org");

  await waitFor(() => {
    expect(errorOf("First name")).toContain("Enter a name");
  });
  expect(api.sent(REVOKE)).toEqual([]);
});

test("nothing is revoked if the invitation cannot be judged", async () => {
  api.answer(BATCH, { code: "internal_error" }, 500);
  const { user } = await open("Correct the address", bounced());

  await correct(user, "li@example.org");

  await within(screen.getByRole("dialog")).findByRole("alert");
  expect(api.sent(REVOKE)).toEqual([]);
});

test("without a free seat the revoked invitation frees one; an expired one does not", async () => {
  api.answer(BATCH, judged("no_seat_available"));
  api.answer(REVOKE, aUser({ status: "removed" })).answer(INVITE, aUser({ email: "li@example.org" }), 201);
  const { user, unmount } = await open("Correct the address", bounced());
  await correct(user, "li@example.org");
  await screen.findByText("Invitation sent to li@example.org.");
  expect(api.sent(REVOKE)).toHaveLength(1);
  unmount();

  const again = await open("Correct the address", { ...bounced(), status: "expired" });
  await correct(again.user, "li@example.org");

  const alert = await within(screen.getByRole("dialog")).findByRole("alert");
  expect(alert.textContent).toContain("No seat is free");
  expect(api.sent(REVOKE)).toHaveLength(1);
});

test("closing asks about an address that was entered", async () => {
  const { user } = await open("Correct the address", bounced());
  await user.clear(field("Email"));
  await user.type(field("Email"), "li@example.org");

  await user.click(screen.getByRole("button", { name: "Cancel" }));
  expect(screen.getByRole("dialog", { name: "Discard your changes?" })).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Keep editing" }));
  expect(field("Email").value).toBe("li@example.org");
  await user.keyboard("{Escape}");
  await user.click(screen.getByRole("button", { name: "Discard changes" }));

  expect(screen.queryByRole("dialog")).toBeNull();
});
