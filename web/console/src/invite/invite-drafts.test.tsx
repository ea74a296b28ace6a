import { screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { field, fill, openInvite, inviteApi } from "../../test/invite-dialog.tsx";
import type { InviteValues } from "./invite-form.ts";

beforeEach(() => {
  inviteApi();
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

test("Escape keeps what was entered, Cancel does not", async () => {
  const { user, onClose } = await openInvite();
  await fill(user, "First name", "Lee");

  await user.keyboard("{Escape}");
  expect(onClose).toHaveBeenLastCalledWith(expect.objectContaining({ first_name: "Lee" }));
  await user.click(screen.getByRole("button", { name: "Cancel" }));

  expect(onClose).toHaveBeenLastCalledWith();
});

test("a kept draft is shown, and can be discarded", async () => {
  const { user } = await openInvite({ draft: { ...EMPTY, first_name: "Lee" } });
  expect(field("First name").value).toBe("Lee");

  await user.click(screen.getByRole("button", { name: "Start over" }));

  expect(field("First name").value).toBe("");
});
