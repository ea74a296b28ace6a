import { cleanup, screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { ApiStub } from "../../test/api-stub.ts";
import { INVITE, field, fill, fillIn, inviteApi, openInvite, send, showMore } from "../../test/invite-dialog.tsx";
import { aUser } from "../../test/samples.ts";

let api: ApiStub;

beforeEach(() => {
  api = inviteApi();
});

const KEPT = "Your unfinished invitation has been kept.";

/** Opens the dialog again, as after a reload. */
async function reopen() {
  cleanup();
  return openInvite();
}

test("what was entered outlives a reload, without the dialog having been closed", async () => {
  const { user } = await openInvite();
  await fill(user, "First name", "Lee");

  await reopen();

  expect(screen.getByText(KEPT)).toBeTruthy();
  expect(field("First name").value).toBe("Lee");
});

test("Escape keeps what was entered, Cancel does not", async () => {
  const { user, onClose } = await openInvite();
  await fill(user, "First name", "Lee");
  await user.keyboard("{Escape}");
  expect(onClose).toHaveBeenCalledOnce();
  const again = await reopen();
  expect(field("First name").value).toBe("Lee");

  await again.user.click(screen.getByRole("button", { name: "Cancel" }));

  expect(again.onClose).toHaveBeenCalledOnce();
  await reopen();
  expect(screen.queryByText(KEPT)).toBeNull();
  expect(field("First name").value).toBe("");
});

test("a kept draft can be discarded", async () => {
  const { user } = await openInvite();
  await fill(user, "First name", "Lee");
  const again = await reopen();

  await again.user.click(screen.getByRole("button", { name: "Start over" }));

  expect(field("First name").value).toBe("");
  await reopen();
  expect(screen.queryByText(KEPT)).toBeNull();
});

test("nothing is kept of an invitation that has been sent", async () => {
  api.answer(INVITE, aUser(), 201);
  const { user } = await openInvite();
  await fillIn(user);
  await send(user);
  await screen.findByText("Invitation sent to lee@example.org.");

  await reopen();

  expect(field("First name").value).toBe("");
});

test("another person of this tab does not see what was entered", async () => {
  const { user } = await openInvite();
  await fill(user, "First name", "Lee");
  cleanup();

  await openInvite({ email: "bea@example.org" });

  expect(field("First name").value).toBe("");
});

test("options that a draft has unfolded stay when their only text is emptied, until they are folded", async () => {
  const { user } = await openInvite();
  await showMore(user);
  await fill(user, "Message", "Hello");
  const again = await reopen();
  expect(field("Message").value).toBe("Hello");
  await screen.findByRole("combobox", { name: /^Also notify/ });

  await again.user.clear(field("Message"));

  const fold = screen.getByRole("button", { name: "Fewer options" });
  expect(fold.getAttribute("aria-expanded")).toBe("true");
  await again.user.click(fold);
  expect(fold.getAttribute("aria-expanded")).toBe("false");
});
