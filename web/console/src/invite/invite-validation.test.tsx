import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { ApiStub } from "../../test/api-stub.ts";
import {
  INVITE,
  errorOf,
  field,
  fill,
  fillIn,
  fillInHalf,
  openInvite,
  send,
  showMore,
  withSettings,
  inviteApi,
} from "../../test/invite-dialog.tsx";
import { toLocalInput } from "../page/local-moment.ts";

let api: ApiStub;

beforeEach(() => {
  api = inviteApi();
});

test("missing and invalid fields are reported before anything is sent", async () => {
  const { user } = await openInvite({ account: withSettings({ default_group: null }) });
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

test("the API's field errors are shown at their fields in our own words, the others above the buttons", async () => {
  const errors = [
    { field: "notify.0", message: "Not an address." },
    { field: "email", message: "Not accepted." },
    { field: "other", message: "Something else." },
  ];
  api.answer(INVITE, { code: "invalid_request", errors }, 422);
  const { user, onClose } = await openInvite();
  await fillIn(user);

  await send(user);

  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toBe("Please check the fields marked in red. Some values are not accepted.");
  expect(errorOf("Email")).toContain("Enter a complete email address");
  expect(screen.getByText("Enter complete email addresses, e.g. lee@example.org.")).toBeTruthy();
  expect(document.activeElement).toBe(field("Email"));
  expect(field("First name").value).toBe(" Lee ");
  expect(onClose).not.toHaveBeenCalled();
});

test("pasted addresses are taken apart, and one that is none is named", async () => {
  const { user } = await openInvite();
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
  await openInvite();

  const attributes = ["type", "inputmode", "autocapitalize", "spellcheck"].map((name) =>
    field("Email").getAttribute(name),
  );
  expect(attributes).toEqual(["text", "email", "none", "false"]);
});

test("an end of access is sent as a moment in UTC, and a refused one stands at its field", async () => {
  const errors = [{ field: "access_until", message: "This must be in the future." }];
  api.answer(INVITE, { code: "invalid_request", errors }, 422);
  const { user } = await openInvite();
  await fillIn(user);
  await showMore(user);
  fireEvent.change(field("Access ends (optional)"), { target: { value: toLocalInput("2031-06-01T08:30:00.000Z") } });

  await send(user);

  await waitFor(() => {
    expect(errorOf("Access ends (optional)")).toContain("Enter a date and time in the future.");
  });
  expect(api.sent(INVITE).map(({ body }) => (body as { access_until: string }).access_until)).toEqual([
    "2031-06-01T08:30:00.000Z",
  ]);
});

test("an end of access in a year of six digits is an error at the field, and nothing is sent", async () => {
  const { user } = await openInvite();
  await fillIn(user);
  await showMore(user);
  fireEvent.change(field("Access ends (optional)"), { target: { value: "275761-06-01T08:30" } });

  await send(user);

  await waitFor(() => {
    expect(errorOf("Access ends (optional)")).toContain("Enter a date and time in the future.");
  });
  expect(api.sent(INVITE)).toEqual([]);
});

test("an end of access that is half filled in is an error at the field, and nothing is sent", async () => {
  const { user } = await openInvite();
  await fillIn(user);
  await showMore(user);
  fillInHalf(field("Access ends (optional)"));

  await send(user);

  await waitFor(() => {
    expect(errorOf("Access ends (optional)")).toContain("Enter a date and time in the future.");
  });
  expect(api.sent(INVITE)).toEqual([]);
});
