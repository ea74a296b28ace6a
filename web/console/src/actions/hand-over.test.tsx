import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { USER, actionsApi, changes, choose, withActions } from "../../test/action-buttons.tsx";
import type { ApiStub } from "../../test/api-stub.ts";
import { ACCOUNT_ID, aUser } from "../../test/samples.ts";

let api: ApiStub;

beforeEach(() => {
  api = actionsApi();
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
  expect(await within(dialog).findByText("Tasks: 2 completed, to be removed for good")).toBeTruthy();
  expect(within(dialog).getByText("Not affected: Notes")).toBeTruthy();

  await user.click(within(dialog).getByRole("combobox", { name: "New owner" }));
  await screen.findByRole("option", { name: /Kim/ });
  // Bea may not get contacts.
  expect(screen.queryByRole("option", { name: /Bea/ })).toBeNull();
  await user.click(screen.getByRole("option", { name: /Kim/ }));
  await confirm();
  expect(await within(dialog).findByText("Contacts: 3, to Kim Kell")).toBeTruthy();
  expect(document.activeElement?.textContent).toBe("Back");
  expect(changes(api)).toEqual([]);
  await confirm();

  await waitFor(() => {
    expect(api.sent(route).map(({ body }) => body)).toEqual([{ reassign_to: KIM }]);
  });
});

test("the second question leaves the focus where it is while the records are counted again", async () => {
  ownsRecords();
  const { user, client, dialog, confirm } = await choose("Deactivate", withActions("deactivate"));
  await user.click(await within(dialog).findByRole("combobox", { name: "New owner" }));
  await user.click(await screen.findByRole("option", { name: /Kim/ }));
  await confirm();
  await within(dialog).findByText("Contacts: 3, to Kim Kell");
  const verb = within(dialog).getByRole("button", { name: "Deactivate" });
  verb.focus();

  api.answer(PREVIEW, {
    next_cursor: null,
    irreversible: true,
    counts: { contact: 4 },
    removes: {},
    eligible_targets: [],
  });
  await client.invalidateQueries();

  expect(await within(dialog).findByText("Contacts: 4, to Kim Kell")).toBeTruthy();
  expect(document.activeElement).toBe(verb);
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
  await user.click(await within(dialog).findByRole("radio", { name: "Deactivate now, hand over later" }));

  await confirm();

  expect(await screen.findByText("Lee Sherron has been deactivated.")).toBeTruthy();
  expect(api.sent(`POST ${USER}/deactivate`).map(({ body }) => body)).toEqual([{ hand_over: "later" }]);
});

test.each(["Deactivate", "Remove"])(
  "%s says when it is not known who has to get what, and asks again",
  async (action) => {
    api.answer(PREVIEW, {}, 500);
    const { user, dialog } = await choose(action, withActions(action.toLowerCase()));
    expect((await within(dialog).findByRole("alert")).textContent).toBe(
      "It is not known yet whether Lee owns records. Something went wrong on our side. Please try again.Try again",
    );
    ownsRecords();

    await user.click(within(dialog).getByRole("button", { name: "Try again" }));

    expect(await within(dialog).findByRole("combobox", { name: "New owner" })).toBeTruthy();
    expect(within(dialog).queryByRole("alert")).toBeNull();
  },
);

test("a search for the new owner that fails is not taken for one that found nobody", async () => {
  ownsRecords();
  const { user, dialog } = await choose("Deactivate", withActions("deactivate"));
  const field = await within(dialog).findByRole("combobox", { name: "New owner" });
  api.answer(PREVIEW, {}, 500);

  await user.type(field, "Zoe");

  expect(await screen.findByText(/went wrong on our side/)).toBeTruthy();
  expect(screen.queryByText(/Nobody/)).toBeNull();
});
