import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { catchDownloads, textOf } from "../../test/downloads.ts";
import type { ApiStub } from "../../test/api-stub.ts";
import { BATCH, inviteManyApi, judge, openInviteMany, paste, press } from "../../test/invite-many.tsx";
import { anAccount } from "../../test/samples.ts";

let api: ApiStub;

beforeEach(() => {
  api = inviteManyApi();
});

const results = () =>
  within(screen.getByRole("list", { name: "Results" }))
    .getAllByRole("listitem")
    .map(({ textContent }) => textContent);

test("those who were not invited can be corrected afterwards", async () => {
  const { user } = await openInviteMany();
  await paste(user, "Lee Sherron <lee@example.org>\nKim Ko <kim@example>");
  await screen.findByText("1 person can be invited. 1 row has a problem.");
  await press(user, "Invite 1 person");
  await screen.findByText("1 person has been invited. No invitation was sent for 1 row.");
  expect(results()).toEqual([
    "Lee Sherron · lee@example.orgInvited",
    "Kim Ko · kim@exampleEmail: Enter a complete email address, e.g. lee@example.org.",
  ]);

  await press(user, "Correct the others");

  expect(await screen.findByText("0 people can be invited. 1 row has a problem.")).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("Email, row 1").value).toBe("kim@example");
});

test("who may not see the users is not led to them", async () => {
  const { user } = await openInviteMany(anAccount(), (permission) => permission !== "users.view");
  await paste(user, "Lee Sherron <lee@example.org>");
  await screen.findByText("1 person can be invited.");

  await press(user, "Invite 1 person");

  expect(await screen.findByText("1 person has been invited.")).toBeTruthy();
  expect(screen.queryByRole("link", { name: "Show the users" })).toBeNull();
});

test("the result can be downloaded, without formulas", async () => {
  const downloaded = catchDownloads();
  const { user } = await openInviteMany();
  await paste(user, "first name,last name,email,team\n=Lee,Sherron,lee@example.org,x");
  expect(await screen.findByText("Columns that are not used: team.")).toBeTruthy();
  await user.click(await screen.findByRole("button", { name: "Invite 1 person" }));
  await screen.findByText("1 person has been invited.");

  await press(user, "Download the result");

  expect(await textOf(downloaded[0]?.blob)).toBe(
    `First name,Last name,Email,Result,Reason\r\n"'=Lee",Sherron,lee@example.org,Invited,\r\n`,
  );
});

/** Sends a list of two, which the API refuses as a whole. */
async function sendRefused() {
  const { user } = await openInviteMany();
  await paste(user, "Lee Sherron <lee@example.org>\nKim Ko <kim@example.org>");
  await screen.findByText("2 people can be invited.");
  api.answer(BATCH, { code: "not_allowed" }, 403);
  await press(user, "Invite 2 people");
  await screen.findByText("0 of 2 sent");
  await screen.findByRole("alert");
  api.answer(BATCH, judge());
  return user;
}

test("a list that is refused as a whole can be corrected", async () => {
  const user = await sendRefused();

  await press(user, "Correct the others");

  expect(await screen.findByText("2 people can be invited.")).toBeTruthy();
});

test("a list that is refused as a whole is discarded once that is confirmed", async () => {
  const user = await sendRefused();

  await press(user, "Discard the list");
  const question = within(await screen.findByRole("dialog", { name: "Discard the list?" }));
  expect(question.getByText(/^2 rows that are not shown as invited are lost/)).toBeTruthy();
  await user.click(question.getByRole("button", { name: "Discard the list" }));

  expect(await screen.findByLabelText("Email addresses")).toBeTruthy();
});
