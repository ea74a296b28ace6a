import { screen, within } from "@testing-library/react";
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

test("leaving the page with a pasted list asks first", async () => {
  const { user } = await openInviteMany();
  await user.click(screen.getByLabelText("Email addresses"));
  await user.paste("lee@example.org");

  await user.click(screen.getByRole("link", { name: "Users" }));

  const question = within(await screen.findByRole("dialog", { name: "Discard your changes?" }));
  await user.click(question.getByRole("button", { name: "Keep editing" }));
  expect(screen.getByLabelText<HTMLTextAreaElement>("Email addresses").value).toBe("lee@example.org");
});
