import { screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, GROUPS, aUser, anAccount } from "../../test/samples.ts";
import type { Account } from "../api/types.ts";

const INVITE = `POST /v1/accounts/${ACCOUNT_ID}/users`;

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub().answer(`GET /v1/accounts/${ACCOUNT_ID}/groups`, GROUPS);
  signInForTest();
  vi.resetModules();
});

async function open({ account = anAccount(), isAdmin = true }: { account?: Account; isAdmin?: boolean } = {}) {
  const { InviteDialog } = await import("./invite-dialog.tsx");
  const onClose = vi.fn();
  return { onClose, ...renderWithProviders(<InviteDialog account={account} isAdmin={isAdmin} onClose={onClose} />) };
}

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);

/** Text of the element that describes the field as invalid. */
function errorOf(label: string): string {
  const ids = field(label).getAttribute("aria-describedby")?.split(" ") ?? [];
  expect(field(label).getAttribute("aria-invalid")).toBe("true");
  return ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
}

async function fill(user: UserEvent, label: string, text: string) {
  await user.click(field(label));
  await user.paste(text);
}

async function fillIn(user: UserEvent, email = "lee@example.org") {
  await fill(user, "First name", " Lee ");
  await fill(user, "Last name", "Sherron");
  await fill(user, "Email", email);
}

const send = (user: UserEvent) => user.click(screen.getByRole("button", { name: "Send invitation" }));

test("missing and invalid fields are reported before anything is sent", async () => {
  const { user } = await open({ account: withSettings({ default_group: null }) });
  await fill(user, "Email", "lee@example");
  await fill(user, "Phone number", "123");

  await send(user);

  expect(errorOf("First name")).toContain("Please fill this in.");
  expect(errorOf("Last name")).toContain("Please fill this in.");
  expect(errorOf("Email")).toContain("Enter a complete email address");
  expect(errorOf("Phone number")).toContain("Enter 4 to 14 digits.");
  expect(screen.getByText("Please choose at least one group.")).toBeTruthy();
  expect(document.activeElement).toBe(field("First name"));
  expect(api.sent(INVITE)).toEqual([]);
});

test("the last name is optional if the account asks for the first name only", async () => {
  api.answer(INVITE, aUser(), 201);
  const { user, onClose } = await open({ account: withSettings({ invite_profile: "simple" }) });
  await fill(user, "First name", "Lee");
  await fill(user, "Email", "lee@example.org");

  await send(user);

  await waitFor(() => {
    expect(onClose).toHaveBeenCalledOnce();
  });
  expect(api.sent(INVITE)[0]?.body).toMatchObject({ first_name: "Lee", last_name: null });
});

test("a valid form is sent trimmed, reported and closed", async () => {
  api.answer(INVITE, aUser(), 201);
  const { user, onClose } = await open();
  await fillIn(user);
  await user.click(screen.getByRole("switch", { name: /^Administrator/ }));

  await send(user);

  expect(await screen.findByText("Invitation sent to lee@example.org.")).toBeTruthy();
  expect(onClose).toHaveBeenCalledOnce();
  expect(api.sent(INVITE).map(({ body }) => body)).toEqual([
    {
      first_name: "Lee",
      last_name: "Sherron",
      email: "lee@example.org",
      admin: true,
      groups: [],
      message: null,
      notify: [],
      phone: null,
    },
  ]);
});

test("only administrators can invite an administrator", async () => {
  await open({ isAdmin: false });

  expect(screen.queryByRole("switch", { name: /^Administrator/ })).toBeNull();
});

test("the API's field errors are shown at their fields, the others above the buttons", async () => {
  const errors = [
    { field: "notify.0", message: "Not an address." },
    { field: "email", message: "Not accepted." },
    { field: "other", message: "Something else." },
  ];
  api.answer(INVITE, { code: "invalid_request", errors }, 422);
  const { user, onClose } = await open();
  await fillIn(user);

  await send(user);

  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toBe("Please check the fields marked in red. Something else.");
  expect(errorOf("Email")).toContain("Not accepted.");
  expect(screen.getByText("Not an address.")).toBeTruthy();
  expect(document.activeElement).toBe(field("Email"));
  expect(field("First name").value).toBe(" Lee ");
  expect(onClose).not.toHaveBeenCalled();
});

test("a refusal without fields is shown in the dialog, which keeps its values", async () => {
  api.answer(INVITE, { code: "no_seat_available" }, 409);
  const { user } = await open();
  await fillIn(user);

  await send(user);

  const alert = await within(screen.getByRole("dialog")).findByRole("alert");
  expect(alert.textContent).toContain("No seat is free.");
  expect(field("Email").value).toBe("lee@example.org");
});

test("a repeated request has the same Idempotency-Key until the form changes", async () => {
  api.answer(INVITE, { code: "conflict" }, 409);
  const { user } = await open();
  await fillIn(user);

  for (const attempt of [1, 2, 3]) {
    if (attempt === 3) await fill(user, "Message", "Welcome!");
    await send(user);
    await waitFor(() => {
      expect(api.sent(INVITE)).toHaveLength(attempt);
    });
    await screen.findByRole("alert");
  }

  const [first, second, third] = api.sent(INVITE).map(({ headers }) => headers.get("Idempotency-Key"));
  expect(first).toMatch(/^[0-9a-f-]{36}$/);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

function withSettings(settings: Partial<Account["settings"]>): Account {
  const account = anAccount();
  return { ...account, settings: { ...account.settings, ...settings } };
}
