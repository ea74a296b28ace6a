import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { ApiStub } from "../../test/api-stub.ts";
import { BATCH, inviteManyApi, judge, openInviteMany, paste, people, press, reals } from "../../test/invite-many.tsx";
import { anAccount } from "../../test/samples.ts";

let api: ApiStub;

beforeEach(() => {
  api = inviteManyApi();
});

const noLimit = anAccount({ seats: { limit: null, used: 3, available: null } });

/** The next request is answered, those after it are refused. */
function refuseAfterFirst() {
  const ok = judge();
  api.answer(BATCH, (body: unknown) => {
    api.answer(BATCH, { code: "rate_limited", request_id: "r-1" }, 429, { "Retry-After": "60" });
    return ok(body);
  });
}

test("more than 200 rows are several requests, each with its own key and what was chosen for all", async () => {
  const { user } = await openInviteMany(noLimit);
  await paste(user, people(450));
  await screen.findByText("450 people can be invited.", {}, { timeout: 10_000 });
  await user.type(screen.getByLabelText(/^Message/), "Welcome!");
  await user.click(screen.getByRole("combobox", { name: /^Also notify/ }));
  await user.paste("hr@example.org");
  await user.tab();
  await waitFor(() => {
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Invite 450 people" }).disabled).toBe(false);
  });

  await press(user, "Invite 450 people");

  expect(await screen.findByText("450 people have been invited.")).toBeTruthy();
  expect(reals(api).map(({ body }) => body.users.length)).toEqual([200, 200, 50]);
  expect(new Set(reals(api).map(({ headers }) => headers.get("Idempotency-Key"))).size).toBe(3);
  for (const { body } of reals(api)) expect(body).toMatchObject({ message: "Welcome!", notify: ["hr@example.org"] });
});

test("what failed is sent again with its own key, and what is done is not", async () => {
  const { user } = await openInviteMany(noLimit);
  await paste(user, people(201));
  await screen.findByText("201 people can be invited.", {}, { timeout: 10_000 });
  refuseAfterFirst();

  await press(user, "Invite 201 people");

  expect((await screen.findByRole("alert")).textContent).toContain("no one is invited twice");
  expect(screen.getByText("200 of 201 sent")).toBeTruthy();
  api.answer(BATCH, judge());
  await press(user, "Continue");
  expect(await screen.findByText("201 people have been invited.")).toBeTruthy();
  const [first, second, third, ...more] = reals(api).map(({ headers }) => headers.get("Idempotency-Key"));
  expect(second).not.toBe(first);
  expect(third).toBe(second);
  expect(more).toEqual([]);
  expect(reals(api)[2]?.body).toEqual(reals(api)[1]?.body);
});

test("a request whose answer is lost is repeated by itself", async () => {
  const { user } = await openInviteMany();
  await paste(user, people(2));
  await screen.findByText("2 people can be invited.");
  api.answer(
    BATCH,
    (body: unknown) => {
      api.answer(BATCH, judge());
      return body;
    },
    503,
  );

  await press(user, "Invite 2 people");

  expect(await screen.findByText("2 people have been invited.", {}, { timeout: 5_000 })).toBeTruthy();
  expect(new Set(reals(api).map(({ headers }) => headers.get("Idempotency-Key"))).size).toBe(1);
  expect(reals(api)).toHaveLength(2);
});

test("a reload keeps the list, and what is sent of it", async () => {
  const first = await openInviteMany(noLimit);
  await paste(first.user, people(201));
  await screen.findByText("201 people can be invited.", {}, { timeout: 10_000 });
  first.unmount();
  const second = await openInviteMany(noLimit);
  await screen.findByText("201 people can be invited.", {}, { timeout: 10_000 });
  refuseAfterFirst();
  await press(second.user, "Invite 201 people");
  await screen.findByText("200 of 201 sent");
  await screen.findByRole("alert");
  second.unmount();

  const third = await openInviteMany(noLimit);
  api.answer(BATCH, judge());
  await press(third.user, "Continue");

  expect(await screen.findByText("201 people have been invited.")).toBeTruthy();
  const keys = reals(api).map(({ headers }) => headers.get("Idempotency-Key"));
  expect(keys[2]).toBe(keys[1]);
  expect(keys).toHaveLength(3);
});

test("Stop shows that it waits for the answer to what is under way, and sends nothing more", async () => {
  const { user } = await openInviteMany(noLimit);
  await paste(user, people(201));
  await screen.findByText("201 people can be invited.", {}, { timeout: 10_000 });
  let answer: () => void = vi.fn();
  const isAnswered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  api.answer(BATCH, (body: unknown) => isAnswered.then(() => judge()(body)));
  await press(user, "Invite 201 people");
  await screen.findByText("0 of 201 sent");

  await press(user, "Stop");

  expect(screen.getByRole("button", { name: "Stop" }).getAttribute("data-loading")).toBe("true");
  answer();
  expect(await screen.findByText("200 of 201 sent")).toBeTruthy();
  expect(await screen.findByRole("button", { name: "Continue" })).toBeTruthy();
  expect(reals(api)).toHaveLength(1);
});

test("leaving the page while invitations are sent asks first", async () => {
  const { user } = await openInviteMany();
  await paste(user, people(2));
  await screen.findByText("2 people can be invited.");
  api.hold(BATCH);
  await press(user, "Invite 2 people");
  await screen.findByText("0 of 2 sent");

  await user.click(screen.getByRole("link", { name: "Users" }));

  const question = within(await screen.findByRole("dialog", { name: "Stop sending?" }));
  await user.click(question.getByRole("button", { name: "Keep sending" }));
  expect(screen.getByText("0 of 2 sent")).toBeTruthy();
  expect(window.dispatchEvent(new Event("beforeunload", { cancelable: true }))).toBe(false);
});

test("what is answered after a sign-out is not kept in the tab", async () => {
  const { forgetTab } = await import("../page/tab-storage.ts");
  const { user, unmount } = await openInviteMany();
  await paste(user, people(2));
  await screen.findByText("2 people can be invited.");
  let answer: () => void = vi.fn();
  const isAnswered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  api.answer(BATCH, (body: unknown) => isAnswered.then(() => judge()(body)));
  await press(user, "Invite 2 people");
  await screen.findByText("0 of 2 sent");

  unmount();
  forgetTab();
  answer();
  await new Promise((resolve) => setTimeout(resolve, 50));

  expect(Object.keys(sessionStorage)).toEqual([]);
});
