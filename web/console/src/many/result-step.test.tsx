import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { catchDownloads, textOf } from "../../test/downloads.ts";
import { inviteManyApi, openInviteMany, paste, press } from "../../test/invite-many.tsx";

beforeEach(() => {
  inviteManyApi();
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
  await screen.findByText("1 person has been invited. 1 row was not invited.");
  expect(results()).toEqual([
    "Lee Sherron · lee@example.orgInvited",
    "Kim Ko · kim@exampleEmail: Enter a complete email address, e.g. lee@example.org.",
  ]);

  await press(user, "Correct the others");

  expect(await screen.findByText("0 people can be invited. 1 row has a problem.")).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("Email, row 1").value).toBe("kim@example");
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
