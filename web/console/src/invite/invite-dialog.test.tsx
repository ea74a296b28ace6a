import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, GROUPS, USER_ID, aSeatRequest, aUser, anAccount } from "../../test/samples.ts";
import type { Account } from "../api/types.ts";
import { toLocalInput } from "../page/local-moment.ts";
import type { InviteValues } from "./invite-form.ts";

const INVITE = `POST /v1/accounts/${ACCOUNT_ID}/users`;

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub().answer(`GET /v1/accounts/${ACCOUNT_ID}/groups`, GROUPS);
  signInForTest();
  vi.resetModules();
});

interface OpenOptions {
  account?: Account;
  isAdmin?: boolean;
  draft?: InviteValues;
}

async function open({ account = anAccount(), isAdmin = true, draft }: OpenOptions = {}) {
  const { default: InviteDialog } = await import("./invite-dialog.tsx");
  const onClose = vi.fn();
  const context = { account, isAdmin };
  return {
    onClose,
    ...(await renderWithProviders(<InviteDialog kind="user" draft={draft} onClose={onClose} />, { context })),
  };
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

const showMore = (user: UserEvent) => user.click(screen.getByRole("button", { name: "More options" }));

const send = (user: UserEvent) => user.click(screen.getByRole("button", { name: "Send invitation" }));

test("missing and invalid fields are reported before anything is sent", async () => {
  const { user } = await open({ account: withSettings({ default_group: null }) });
  await fill(user, "Email", "lee@example");
  await showMore(user);
  await fill(user, "Phone number", "123");

  await send(user);

  expect(errorOf("First name")).toContain("Please fill this in.");
  expect(errorOf("Last name")).toContain("Please fill this in.");
  expect(errorOf("Email")).toContain("Enter a complete email address");
  expect(errorOf("Phone number")).toContain("Enter 4 to 14 digits, without an extension.");
  expect(screen.getByText("Please choose at least one group.")).toBeTruthy();
  expect(document.activeElement).toBe(field("Email"));
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
  expect(screen.getByRole("link", { name: "View" }).getAttribute("href")).toContain(`/users/${USER_ID}`);
  expect(onClose).toHaveBeenCalledOnce();
  expect(api.sent(INVITE).map(({ body }) => body)).toEqual([
    {
      first_name: "Lee",
      last_name: "Sherron",
      email: "lee@example.org",
      admin: true,
      groups: [],
      locale: "en",
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

test("the API's field errors are shown at their fields in our own words, the others above the buttons", async () => {
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
  expect(errorOf("Email")).toContain("Enter a complete email address");
  expect(screen.getByText("Enter complete email addresses, e.g. lee@example.org.")).toBeTruthy();
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
  expect(alert.textContent).toContain("No seat is free");
  await waitFor(() => {
    expect(
      within(alert)
        .getAllByRole("button")
        .map(({ textContent }) => textContent),
    ).toEqual(["Buy a seat", "Ask for a complimentary seat"]);
  });
  expect(field("Email").value).toBe("lee@example.org");
});

test("a repeated request has the same Idempotency-Key until the form changes", async () => {
  api.answer(INVITE, { code: "conflict" }, 409);
  const { user } = await open();
  await fillIn(user);

  for (const attempt of [1, 2, 3]) {
    if (attempt === 3) await showMore(user);
    if (attempt === 3) await fill(user, "Message", "Welcome!");
    await send(user);
    await waitFor(() => {
      expect(api.sent(INVITE)).toHaveLength(attempt);
    });
    await screen.findByRole("alert");
  }

  const [first, second, third] = api.sent(INVITE).map(({ headers }) => headers.get("Idempotency-Key"));
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test("the administrators' group is no choice, and an administrator needs no group", async () => {
  api.answer(INVITE, aUser({ admin: true }), 201);
  const { user } = await open();
  await fillIn(user);
  await user.click(screen.getByRole("combobox", { name: "Groups" }));
  expect(await screen.findByRole("option", { name: "Everyone" })).toBeTruthy();
  expect(screen.queryByRole("option", { name: "Administrators" })).toBeNull();

  await user.click(screen.getByRole("option", { name: "Everyone" }));
  await user.click(screen.getByRole("switch", { name: /^Administrator/ }));
  await send(user);

  expect(await screen.findByText("Invitation sent to lee@example.org, as an administrator.")).toBeTruthy();
  expect(api.sent(INVITE)[0]?.body).toMatchObject({ admin: true, groups: [] });
});

test("the language is the account's until another one is chosen", async () => {
  api.answer(INVITE, aUser(), 201);
  const { user } = await open({ account: withSettings({ locale: "fr" }) });
  await fillIn(user);
  const language = screen.getByLabelText<HTMLSelectElement>("Language of the invitation");
  expect(language.value).toBe("fr");

  await user.selectOptions(language, "es");
  await send(user);

  await waitFor(() => {
    expect(api.sent(INVITE)[0]?.body).toMatchObject({ locale: "es" });
  });
});

test("a refusal of the address stands at its field with its cure, until the form changes", async () => {
  api.answer(INVITE, { code: "already_invited", user_id: USER_ID }, 409);
  api.answer(`GET /v1/accounts/${ACCOUNT_ID}/users/${USER_ID}`, aUser());
  const { user, onClose } = await open();
  await fillIn(user);
  await send(user);

  await waitFor(() => {
    expect(errorOf("Email")).toContain("already been invited");
  });
  expect(await screen.findByRole("button", { name: "Resend the invitation of Lee Sherron" })).toBeTruthy();
  const view = screen.getByRole("link", { name: "View user" });
  await fill(user, "Email", "x");
  expect(screen.queryByRole("link", { name: "View user" })).toBeNull();
  expect(field("Email").getAttribute("aria-invalid")).not.toBe("true");
  expect(view.getAttribute("href")).toContain(`/${ACCOUNT_ID}/users/${USER_ID}`);
  expect(onClose).not.toHaveBeenCalled();
});

const FULL = anAccount({ seats: { limit: 2, used: 2, available: 0 } });

test("a full account is told before anything is entered, with what frees a seat", async () => {
  const { user, onClose } = await open({ account: FULL });

  const warning = within(screen.getByRole("status"));
  expect(warning.getByText("No seat is free")).toBeTruthy();
  const free = warning.getByRole("link", { name: "Deactivate someone" });
  expect(free.getAttribute("href")).toBe(`/console/${ACCOUNT_ID}/users?status=active`);
  await user.click(free);
  expect(onClose).toHaveBeenCalledOnce();
});

test.each([
  ["Buy a seat", "purchase"],
  ["Ask for a complimentary seat", "complimentary"],
] as const)("%s: the seat is asked for, and what was entered is still there", async (way, kind) => {
  const REQUEST = `POST /v1/accounts/${ACCOUNT_ID}/seats/requests`;
  api.answer(REQUEST, aSeatRequest({ kind }), 201);
  const { user } = await open({ account: FULL });
  await fillIn(user);

  await user.click(screen.getByRole("button", { name: way }));
  await user.click(await screen.findByRole("button", { name: "Send request" }));

  expect(await screen.findByRole("dialog", { name: "Invite someone to Northwind" })).toBeTruthy();
  expect(field("Email").value).toBe("lee@example.org");
  expect(api.sent(REQUEST).map(({ body }) => body)).toEqual([{ kind, quantity: 1, reason: null }]);
  expect(api.sent(INVITE)).toEqual([]);
});

test("who is no administrator is sent to one for a seat", async () => {
  await open({ account: FULL, isAdmin: false });

  const warning = within(screen.getByRole("status"));
  expect(warning.getByText(/An administrator can get more seats/)).toBeTruthy();
  expect(warning.queryByRole("button")).toBeNull();
  expect(warning.queryByRole("link")).toBeNull();
});

test("an address that is there already is said before the rest is filled in, until it is changed", async () => {
  const BATCH = `${INVITE}/batch`;
  const refused = { index: 0, email: "lee@example.org", outcome: "refused", detail: null, errors: [], user: null };
  api.answer(BATCH, { results: [{ ...refused, code: "already_member", user_id: USER_ID }] });
  api.answer(`GET /v1/accounts/${ACCOUNT_ID}/users/${USER_ID}`, aUser({ status: "active" }));
  const { user } = await open();

  await fill(user, "Email", "Lee <lee@example.org>");
  await user.click(field("First name"));

  await waitFor(() => {
    expect(errorOf("Email")).toContain("already belongs to an active user");
  });
  expect(screen.getByRole("link", { name: "View user" })).toBeTruthy();
  expect(document.activeElement).toBe(field("First name"));
  expect(api.sent(BATCH)[0]?.body).toMatchObject({ users: [{ email: "lee@example.org" }], dry_run: true });
  expect(api.sent(INVITE)).toEqual([]);
  await fill(user, "Email", ".uk");
  expect(screen.queryByRole("link", { name: "View user" })).toBeNull();
});

test("Escape keeps what was entered, Cancel does not", async () => {
  const { user, onClose } = await open();
  await fill(user, "First name", "Lee");

  await user.keyboard("{Escape}");
  expect(onClose).toHaveBeenLastCalledWith(expect.objectContaining({ first_name: "Lee" }));
  await user.click(screen.getByRole("button", { name: "Cancel" }));

  expect(onClose).toHaveBeenLastCalledWith();
});

test("a kept draft is shown, and can be discarded", async () => {
  const { user } = await open({ draft: { ...EMPTY, first_name: "Lee" } });
  expect(field("First name").value).toBe("Lee");

  await user.click(screen.getByRole("button", { name: "Start over" }));

  expect(field("First name").value).toBe("");
});

test("pasted addresses are taken apart, and one that is none is named", async () => {
  const { user } = await open();
  await fillIn(user, '"Sherron, Lee" <lee@example.org>');
  await showMore(user);
  await user.click(screen.getByRole("combobox", { name: /^Also notify/ }));
  await user.paste("hr@example.org, it@example.org boss@example.org;Max <max@example.org>; not-an-address");

  await send(user);

  expect(await screen.findByText("“not-an-address” is not a complete email address.")).toBeTruthy();
  expect(field("Email").value).toBe("lee@example.org");
  for (const address of ["hr", "it", "boss", "max"]) expect(screen.getByText(`${address}@example.org`)).toBeTruthy();
});

test("the address field is none that the browser rewrites", async () => {
  await open();

  const attributes = ["type", "inputmode", "autocapitalize", "spellcheck"].map((name) =>
    field("Email").getAttribute(name),
  );
  expect(attributes).toEqual(["text", "email", "none", "false"]);
});

test("an end of access is sent as a moment in UTC, and a refused one stands at its field", async () => {
  const errors = [{ field: "access_until", message: "This must lie in the future." }];
  api.answer(INVITE, { code: "invalid_request", errors }, 422);
  const { user } = await open();
  await fillIn(user);
  await showMore(user);
  fireEvent.change(field("Access ends (optional)"), { target: { value: toLocalInput("2031-06-01T08:30:00.000Z") } });

  await send(user);

  await waitFor(() => {
    expect(errorOf("Access ends (optional)")).toContain("Enter a moment that lies in the future.");
  });
  expect(api.sent(INVITE).map(({ body }) => (body as { access_until: string }).access_until)).toEqual([
    "2031-06-01T08:30:00.000Z",
  ]);
});

const EMPTY: InviteValues = {
  kind: "user",
  first_name: "",
  last_name: "",
  email: "",
  admin: false,
  groups: [],
  locale: "en",
  region: "",
  number: "",
  message: "",
  notify: [],
  access_until: "",
};

function withSettings(settings: Partial<Account["settings"]>): Account {
  const account = anAccount();
  return { ...account, settings: { ...account.settings, ...settings } };
}
