import { screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { inviteManyApi, openInviteMany } from "../../test/invite-many.tsx";

beforeEach(() => {
  inviteManyApi();
});

test("a file is read, and one that is none of text is refused with what helps", async () => {
  const { user } = await openInviteMany();
  const input = screen.getByLabelText("Choose a CSV file", { selector: "input" });

  await user.upload(input, new File([Uint8Array.from([0x50, 0x4b, 3, 4])], "people.csv", { type: "text/csv" }));
  expect((await screen.findByRole("alert")).textContent).toContain("Save it as CSV");
  await user.upload(input, new File(["Vorname;Nachname;E-Mail\nLee;Sherron;lee@example.org"], "x.csv"));

  expect(await screen.findByText("1 person can be invited.")).toBeTruthy();
});
