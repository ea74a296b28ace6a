import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { ApiStub } from "../../test/api-stub.ts";
import {
  BATCH,
  inviteManyApi,
  judge,
  openInviteMany,
  paste,
  people,
  press,
  reals,
  rows,
  sent,
} from "../../test/invite-many.tsx";
import { anAccount } from "../../test/samples.ts";

let api: ApiStub;

beforeEach(() => {
  api = inviteManyApi();
});

test("each row has a verdict in words before anyone is invited", async () => {
  api.answer(BATCH, judge({ "kim@example.org": "already_member" }));
  const { user } = await openInviteMany();

  await paste(user, "Lee Sherron <lee@example.org>, Kim Ko <kim@example.org>; bad@example\nLee B <LEE@example.org>");

  expect(await screen.findByText("1 person can be invited. 3 rows have a problem.")).toBeTruthy();
  expect(rows().map(({ textContent }) => textContent)).toEqual([
    "1Can be invited",
    "2This email address already belongs to an active user of this account.",
    "3Last name: Please fill this in. Email: Enter a complete email address, e.g. lee@example.org.",
    "4This address is on the list already.",
  ]);
  expect(reals(api)).toEqual([]);
});

test("a row is corrected in place and judged again, alone", async () => {
  const { user } = await openInviteMany();
  await paste(user, "Lee Sherron <lee@example.org>\nKim Ko <kim@example>");
  await screen.findByText("1 person can be invited. 1 row has a problem.");

  const field = screen.getByLabelText<HTMLInputElement>("Email, row 2");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  await user.clear(field);
  await user.paste("Kim Ko <kim@example.org>");
  await user.keyboard("{Enter}");

  expect(await screen.findByText("2 people can be invited.")).toBeTruthy();
  expect(field.value).toBe("kim@example.org");
  expect(document.activeElement).toBe(field);
  expect(sent(api).map(({ users }) => users.map(({ email }) => email))).toEqual([
    ["lee@example.org", "kim@example"],
    ["kim@example.org"],
  ]);
});

test("a row that is removed frees its address for the next", async () => {
  const { user } = await openInviteMany();
  await paste(user, "Lee Sherron <lee@example.org>\nLee Other <lee@example.org>");
  await screen.findByText("1 person can be invited. 1 row has a problem.");

  await press(user, "Remove row 1");

  expect(await screen.findByText("1 person can be invited.")).toBeTruthy();
  expect(rows()).toHaveLength(1);
});

test("seats that run out refuse the rows after them, with the way to more seats", async () => {
  const { user } = await openInviteMany(anAccount({ seats: { limit: 5, used: 3, available: 2 } }));

  await paste(user, people(3));

  expect(await screen.findByText("2 people can be invited. 1 row has a problem.")).toBeTruthy();
  expect(rows()[2]?.textContent).toContain("No seat is free.");
  expect(screen.getByRole("button", { name: "Buy a seat" })).toBeTruthy();
});

test("a change for all is judged again, and who may not invite administrators is not asked", async () => {
  const { user } = await openInviteMany();
  await paste(user, "Lee Sherron <lee@example.org>");
  await screen.findByText("1 person can be invited.");

  await user.click(screen.getByRole("switch", { name: /^Administrator/ }));

  await waitFor(() => {
    expect(sent(api).map(({ users }) => users[0]?.admin)).toEqual([false, true]);
  });
});

test("only rows with a problem are shown, and a corrected one stays in sight", async () => {
  const { user } = await openInviteMany();
  await paste(user, "Lee Sherron <lee@example.org>\nKim Ko <kim@example>");
  await screen.findByText("1 person can be invited. 1 row has a problem.");

  await user.click(screen.getByRole("checkbox", { name: "Only rows with a problem" }));
  expect(rows()).toHaveLength(1);
  await user.type(screen.getByLabelText("Email, row 2"), ".org");
  await user.tab();

  expect(await screen.findByText("2 people can be invited.")).toBeTruthy();
  expect(rows()).toHaveLength(1);
});

test("a list is discarded once that is confirmed", async () => {
  const { user } = await openInviteMany();
  await paste(user, people(2));
  await screen.findByText("2 people can be invited.");

  await press(user, "Discard the list");
  const question = within(await screen.findByRole("dialog", { name: "Discard the list?" }));
  await user.click(question.getByRole("button", { name: "Cancel" }));
  expect(rows()).toHaveLength(2);
  await press(user, "Discard the list");
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Discard the list" }));

  expect(await screen.findByLabelText("Email addresses")).toBeTruthy();
});

test("what goes to everyone is judged, too, and a refusal of it stands at its field", async () => {
  const { user } = await openInviteMany();
  await paste(user, people(2));
  await screen.findByText("2 people can be invited.");
  api.answer(BATCH, { code: "invalid_request", errors: [{ field: "message", message: "Not accepted." }] }, 422);

  await user.type(screen.getByLabelText(/^Message/), "!");

  expect(await screen.findByText(/^Enter at most 500 characters/)).toBeTruthy();
  const invite = screen.getByRole<HTMLButtonElement>("button", { name: "Invite 2 people" });
  expect(invite.disabled).toBe(true);
  api.answer(BATCH, judge());
  await user.clear(screen.getByLabelText(/^Message/));
  await user.type(screen.getByLabelText(/^Message/), "Hi");
  await waitFor(() => {
    expect(sent(api).map(({ users, message }) => [users.length, message])).toEqual([
      [2, null],
      [1, "!"],
      [1, "Hi"],
    ]);
  });
  await waitFor(() => {
    expect(invite.disabled).toBe(false);
  });
});

/** Types a message that the API refuses into a list of two. */
async function writeRefused() {
  const { user } = await openInviteMany();
  await paste(user, people(2));
  await screen.findByText("2 people can be invited.");
  api.answer(BATCH, { code: "invalid_request", errors: [{ field: "message", message: "Not accepted." }] }, 422);
  await user.type(screen.getByLabelText(/^Message/), "!");
  await screen.findByText(/^Enter at most 500 characters/);
  return user;
}

test("nobody is invited before the message is judged", async () => {
  const { user } = await openInviteMany();
  await paste(user, people(2));
  await screen.findByText("2 people can be invited.");
  api.hold(BATCH);

  await user.type(screen.getByLabelText(/^Message/), "!");

  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Invite 2 people" }).disabled).toBe(true);
});

test("a message that was refused once is judged again when it comes back", async () => {
  const user = await writeRefused();
  const message = screen.getByLabelText(/^Message/);
  api.answer(BATCH, judge());
  await user.type(message, "?");
  await waitFor(() => {
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Invite 2 people" }).disabled).toBe(false);
  });

  await user.type(message, "{Backspace}");

  await waitFor(() => {
    expect(sent(api).map(({ message: text }) => text)).toEqual([null, "!", "!?", "!"]);
  });
  expect(screen.queryByText(/^Enter at most 500 characters/)).toBeNull();
});

test("while the message is refused, no row is said to be checked", async () => {
  const user = await writeRefused();

  const first = screen.getByLabelText("First name, row 1");
  await user.type(first, "x");
  await user.tab();

  await waitFor(() => {
    expect(rows()[0]?.textContent).toBe("1");
  });
  expect(screen.queryByText(/^Checking/)).toBeNull();
});

test.each(["hr@example.org.", "hr@example..org", ".hr@example.org", "h..r@example.org"])(
  "%s is no address to notify, and is not asked about",
  async (address) => {
    const { user } = await openInviteMany();
    await paste(user, people(1));
    await screen.findByText("1 person can be invited.");

    await user.click(screen.getByRole("combobox", { name: /^Also notify/ }));
    await user.paste(address);
    await user.tab();

    expect(await screen.findByText(`“${address}” is not a complete email address.`)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Invite 1 person" }).disabled).toBe(true);
    expect(sent(api)).toHaveLength(1);
  },
);
