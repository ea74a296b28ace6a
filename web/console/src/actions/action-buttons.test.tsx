import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, GROUPS, USER_ID, aUser, anAccount } from "../../test/samples.ts";
import type { User } from "../api/types.ts";
import { toLocalInput } from "../page/local-moment.ts";

const USER = `/v1/accounts/${ACCOUNT_ID}/users/${USER_ID}`;

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub()
    .answer(`GET /v1/accounts/${ACCOUNT_ID}`, anAccount())
    .answer(`GET /v1/accounts/${ACCOUNT_ID}/access`, { admin: true, permissions: [] })
    .answer(`GET /v1/accounts/${ACCOUNT_ID}/groups`, GROUPS);
  signInForTest();
  vi.resetModules();
});

async function show(shown: User, isAdmin = true, may: (permission: string) => boolean = () => true) {
  const { ActionButtons } = await import("./action-buttons.tsx");
  const { ActionDialogHost } = await import("./action-dialog-host.tsx");
  return renderWithProviders(
    <ActionDialogHost>
      <ActionButtons user={shown} />
    </ActionDialogHost>,
    { context: { isAdmin, may } },
  );
}

const changes = () => api.routes.filter((route) => !route.startsWith("GET"));
const MORE = "Actions for Lee Sherron";
const buttons = () =>
  screen.queryAllByRole("button").map((button) => button.textContent || button.getAttribute("aria-label"));
function undelivered(delivery: NonNullable<User["invitation"]>["delivery"]): User {
  const { invitation } = aUser();
  return aUser({ invitation: invitation && { ...invitation, delivery }, allowed_actions: ["revoke"] });
}

const withActions = (...actions: string[]) => aUser({ allowed_actions: actions });

async function choose(action: string, shown: User) {
  const result = await show(shown);
  const button = screen.queryByRole("button", { name: action });
  if (button) {
    await result.user.click(button);
  } else {
    await result.user.click(screen.getByRole("button", { name: MORE }));
    await result.user.click(await screen.findByRole("menuitem", { name: action }));
  }
  const dialog = await screen.findByRole("dialog");
  return { ...result, dialog, confirm: () => result.user.click(within(dialog).getByRole("button", { name: action })) };
}

test("the buttons are the allowed actions, what takes access away last, and what is rare in a menu", async () => {
  const { user } = await show(withActions("remove", "resend", "block", "deactivate", "copy_link"));

  expect(buttons()).toEqual(["Resend", "Copy link", "Deactivate", MORE]);
  await user.click(screen.getByRole("button", { name: MORE }));
  const items = await screen.findAllByRole("menuitem");
  expect(items.map(({ textContent }) => textContent)).toEqual(["Block", "Remove"]);
});

test.each([
  [aUser({ status: "declined", allowed_actions: [] }), ["Invite again"]],
  [aUser({ status: "removed", allowed_actions: [] }), ["Invite again"]],
  [aUser({ status: "removed", email: "", allowed_actions: [] }), []],
  [aUser({ status: "inactive", allowed_actions: ["reactivate"] }), ["Reactivate"]],
  [undelivered("bounced"), ["Correct the address", "Revoke"]],
  [undelivered("failed"), ["Correct the address", "Revoke"]],
  [undelivered("complained"), ["Revoke"]],
  [undelivered("sent"), ["Revoke"]],
])("there is a way back: %#", async (shown, expected) => {
  await show(shown);

  expect(buttons()).toEqual(expected);
});

test("who may not invite is offered no other invitation", async () => {
  await show(aUser({ status: "declined", allowed_actions: [] }), true, () => false);

  expect(buttons()).toEqual([]);
});

test("without allowed actions there is no button", async () => {
  await show(withActions());

  expect(buttons()).toEqual([]);
});

test("an action that the console does not know is left out", async () => {
  await show(withActions("teleport", "revoke"));

  expect(buttons()).toEqual(["Revoke"]);
});

test("an administrator may clone the permissions of someone who can be edited and has some", async () => {
  await show(withActions("edit"));
  expect(buttons()).toEqual(["Edit", MORE]);
});

test.each([
  ["an administrator’s", { admin: true }, true],
  ["anybody’s, for others than administrators", {}, false],
])("nobody clones %s permissions", async (_, changes, isAdmin) => {
  await show(aUser({ allowed_actions: ["edit"], ...changes }), isAdmin);

  expect(buttons()).toEqual(["Edit"]);
});

test("cancelling a dialog sends nothing", async () => {
  const { user, dialog } = await choose("Deactivate", withActions("deactivate"));

  await user.click(within(dialog).getByRole("button", { name: "Cancel" }));

  expect(screen.queryByRole("dialog")).toBeNull();
  expect(changes()).toEqual([]);
});

test.each([
  ["Deactivate", "deactivate", "Lee Sherron has been deactivated."],
  ["Remove", "remove", "Lee Sherron has been removed."],
  ["Revoke", "revoke", "The invitation of Lee Sherron has been revoked."],
])("%s is sent once confirmed, and reported", async (label, action, message) => {
  api.answer(`POST ${USER}/${action}`, aUser({ status: "inactive" }));
  const { confirm } = await choose(label, withActions(action));
  expect(changes()).toEqual([]);

  await confirm();

  expect(await screen.findByText(message)).toBeTruthy();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(api.sent(`POST ${USER}/${action}`)).toHaveLength(1);
  expect(api.sent(`POST ${USER}/${action}`)[0]?.headers.get("Idempotency-Key")).toBeTruthy();
});

test("a refused action is explained in its dialog", async () => {
  api.answer(`POST ${USER}/deactivate`, { code: "last_admin" }, 409);
  const { dialog, confirm } = await choose("Deactivate", withActions("deactivate"));

  await confirm();

  expect((await within(dialog).findByRole("alert")).textContent).toContain("This is the last active administrator.");
});

test("reactivating asks for groups if none of the former ones exists", async () => {
  const errors = [{ field: "groups", message: "Required." }];
  api.answer(`POST ${USER}/reactivate`, { code: "invalid_request", errors }, 422);
  const { user, dialog, confirm } = await choose("Reactivate", withActions("reactivate"));
  await confirm();
  expect((await within(dialog).findByRole("alert")).textContent).toContain("Choose at least one group.");

  await user.click(within(dialog).getByRole("combobox", { name: "Groups" }));
  await user.click(await screen.findByRole("option", { name: "Everyone" }));
  api.answer(`POST ${USER}/reactivate`, aUser({ status: "active" }));
  await confirm();

  expect(await screen.findByText("Lee Sherron is active again.")).toBeTruthy();
  const [first, second] = api.sent(`POST ${USER}/reactivate`);
  expect([first?.body, second?.body]).toEqual([{ groups: [] }, { groups: ["everyone"] }]);
  expect(second?.headers.get("Idempotency-Key")).not.toBe(first?.headers.get("Idempotency-Key"));
});

test("an edit sends only the changed fields, with the version that was read", async () => {
  api.answer(`PATCH ${USER}`, aUser({ first_name: "Leona" }));
  const { user } = await choose("Edit", withActions("edit"));
  const firstName = await screen.findByLabelText("First name");
  await user.clear(firstName);
  await user.type(firstName, "Leona");

  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Save" }));

  expect(await screen.findByText("Leona Sherron has been saved.")).toBeTruthy();
  const [sent] = api.sent(`PATCH ${USER}`);
  expect(sent?.body).toEqual({ first_name: "Leona" });
  expect(sent?.headers.get("If-Match")).toBe('"3"');
});

test("an end of access is set as a moment in UTC", async () => {
  api.answer(`PATCH ${USER}`, aUser());
  const { user } = await choose("Edit", aUser({ allowed_actions: ["edit"], access_until: "2031-05-01T12:00:00.000Z" }));
  const field = await screen.findByLabelText("Access ends (optional)");

  fireEvent.change(field, { target: { value: toLocalInput("2031-06-01T08:30:00.000Z") } });
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => {
    expect(api.sent(`PATCH ${USER}`).map(({ body }) => body)).toEqual([{ access_until: "2031-06-01T08:30:00.000Z" }]);
  });
});

test("individual permissions are shown on demand, and sent without those that are denied", async () => {
  api.answer(`PATCH ${USER}`, aUser());
  const shown = aUser({
    allowed_actions: ["edit"],
    permissions: { allow: ["contacts.export"], deny: ["users.view"] },
  });
  const { user } = await choose("Edit", shown);
  const shows = await screen.findByRole("button", { name: "1 individual permission" });
  expect(screen.queryByRole("checkbox", { name: "Export contacts" })).toBeNull();

  await user.click(shows);
  await user.click(screen.getByRole("checkbox", { name: "View all orders" }));
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => {
    expect(api.sent(`PATCH ${USER}`).map(({ body }) => body)).toEqual([
      { permissions: { allow: ["contacts.export", "orders.view_all"] } },
    ]);
  });
});

test("an edit that conflicts shows the current values, and is sent with their version", async () => {
  api.answer(`PATCH ${USER}`, { code: "conflict" }, 409);
  api.answer(`GET ${USER}`, aUser({ last_name: "Sherwood", version: 4 }));
  const { user } = await choose("Edit", withActions("edit"));
  const firstName = await screen.findByLabelText<HTMLInputElement>("First name");
  await user.type(firstName, "na");

  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Save" }));

  expect((await within(screen.getByRole("dialog")).findByRole("alert")).textContent).toContain(
    "Someone else has changed this user",
  );
  expect(within(screen.getByRole("dialog")).getByLabelText<HTMLInputElement>("Last name").value).toBe("Sherwood");
  await user.type(firstName, "na");
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Save" }));
  await waitFor(() => {
    expect(api.sent(`PATCH ${USER}`).map(({ headers }) => headers.get("If-Match"))).toEqual(['"3"', '"4"']);
  });
});

const PREVIEW = `GET ${USER}/deactivation-preview`;
const KIM = "c".repeat(26);
const BEA = "d".repeat(26);

function ownsRecords() {
  const targets = [
    { user_id: KIM, first_name: "Kim", last_name: "Kell", email: "kim@example.org", types: ["contact", "task"] },
    { user_id: BEA, first_name: "Bea", last_name: "Boss", email: "bea@example.org", types: ["task"] },
  ];
  const shown = { next_cursor: null, irreversible: true, counts: { contact: 3, task: 1 }, removes: { task: 2 } };
  api
    .answer(PREVIEW, { ...shown, eligible_targets: targets })
    .answer(
      `GET /v1/accounts/${ACCOUNT_ID}/users/${KIM}`,
      aUser({ user_id: KIM, first_name: "Kim", last_name: "Kell" }),
    )
    .answer(
      `GET /v1/accounts/${ACCOUNT_ID}/users/${BEA}`,
      aUser({ user_id: BEA, first_name: "Bea", last_name: "Boss" }),
    );
}

test.each(["Deactivate", "Remove"])("%s hands records over to one person after a second question", async (action) => {
  const route = `POST ${USER}/${action.toLowerCase()}`;
  ownsRecords();
  api.answer(route, aUser({ status: "inactive" }));
  const { user, dialog, confirm } = await choose(action, withActions(action.toLowerCase()));
  expect(await within(dialog).findByText("Tasks, finished: 2, which will be removed")).toBeTruthy();
  expect(within(dialog).getByText("Not affected: Notes")).toBeTruthy();

  await user.click(within(dialog).getByRole("combobox", { name: "New owner" }));
  await screen.findByRole("option", { name: /Kim/ });
  // Bea may not get contacts.
  expect(screen.queryByRole("option", { name: /Bea/ })).toBeNull();
  await user.click(screen.getByRole("option", { name: /Kim/ }));
  await confirm();
  expect(await within(dialog).findByText("Contacts: 3, to Kim Kell")).toBeTruthy();
  expect(document.activeElement?.textContent).toBe("Back");
  expect(changes()).toEqual([]);
  await confirm();

  await waitFor(() => {
    expect(api.sent(route).map(({ body }) => body)).toEqual([{ reassign_to: KIM }]);
  });
});

test("records go to one person per type; a refusal leads back to the choice", async () => {
  ownsRecords();
  api.answer(
    `POST ${USER}/deactivate`,
    { code: "invalid_request", errors: [{ field: "reassign_to", message: "" }] },
    422,
  );
  const { user, dialog, confirm } = await choose("Deactivate", withActions("deactivate"));
  await user.click(await within(dialog).findByRole("button", { name: "Choose per type" }));
  for (const [label, name] of [
    ["Contacts: new owner", /Kim/],
    ["Tasks: new owner", /Bea/],
  ] as const) {
    await user.click(within(dialog).getByRole("combobox", { name: label }));
    await user.click(await screen.findByRole("option", { name }));
  }

  await confirm();
  await user.click(within(dialog).getByRole("button", { name: "Back" }));
  await confirm();
  await confirm();

  expect((await within(dialog).findByRole("alert")).textContent).toContain("cannot get these records");
  expect(within(dialog).getByRole("combobox", { name: "Tasks: new owner" })).toBeTruthy();
  expect(api.sent(`POST ${USER}/deactivate`).map(({ body }) => body)).toEqual([
    { reassign_to: { contact: KIM, task: BEA } },
  ]);
});

test("locking someone out now leaves the records for later, with no second question", async () => {
  ownsRecords();
  api.answer(`POST ${USER}/deactivate`, aUser({ status: "inactive" }));
  const { user, dialog, confirm } = await choose("Deactivate", withActions("deactivate"));
  await user.click(await within(dialog).findByRole("radio", { name: "Lock out now, hand over later" }));

  await confirm();

  expect(await screen.findByText("Lee Sherron has been deactivated.")).toBeTruthy();
  expect(api.sent(`POST ${USER}/deactivate`).map(({ body }) => body)).toEqual([{ hand_over: "later" }]);
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

  expect((await within(dialog).findByRole("alert")).textContent).toContain("are being moved at the moment");
});

test("a link that was copied too often says so", async () => {
  api.answer(`POST ${USER}/invitation-link`, { code: "rate_limited" }, 429, { "Retry-After": "40000" });
  const { dialog } = await choose("Copy link", withActions("copy_link"));

  expect((await within(dialog).findByRole("alert")).textContent).toMatch(/^This link was copied too often today\./);
});

test.each(["Revoke", "Block", "Deactivate", "Remove", "Reactivate"])(
  "%s says nothing of seats about a partner",
  async (name) => {
    const action = name.toLowerCase() as "revoke";
    const partner = aUser({ kind: "partner", partner_type: "expert_coach", allowed_actions: [action] });
    for (const status of ["invited", "expired", "active", "inactive"] as const) {
      const { dialog, unmount } = await choose(name, { ...partner, status });

      expect(dialog.textContent).not.toMatch(/seat/i);
      unmount();
    }
  },
);
