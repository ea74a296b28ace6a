import { screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { ApiStub } from "../../test/api-stub.ts";
import { button, dialog, operatorApi } from "../../test/operator.ts";
import { renderConsole } from "../../test/render.tsx";

let api: ApiStub;

beforeEach(() => {
  api = operatorApi();
});

const LEE = "/v1/operator/identities/lee%40example.org";
const status = (value: "active" | "blocked") => ({ identity_id: "i", email: "lee@example.org", status: value });

test("an ID is blocked once that is confirmed, and unblocked again", async () => {
  api.answer(`POST ${LEE}/block`, status("blocked")).answer(`POST ${LEE}/unblock`, status("active"));
  const { user } = await renderConsole("/console/operator/ids");

  await user.type(await screen.findByLabelText("Email"), "Lee Sherron <lee@example.org>");
  await user.click(await button("Block ID"));
  const confirmation = await dialog();
  expect(api.sent(`POST ${LEE}/block`)).toEqual([]);
  await user.click(confirmation.getByRole("button", { name: "Block ID" }));
  expect(await screen.findByText("The Usher ID of lee@example.org is blocked.")).toBeTruthy();
  await user.click(await button("Unblock ID"));

  expect(await screen.findByText("The Usher ID of lee@example.org is active.")).toBeTruthy();
});

test("an address without an ID is reported", async () => {
  api.answer(`POST ${LEE}/unblock`, { code: "not_found" }, 404);
  const { user } = await renderConsole("/console/operator/ids");

  await user.type(await screen.findByLabelText("Email"), "lee@example.org");
  await user.click(await button("Unblock ID"));

  expect((await screen.findByRole("alert")).textContent).toBe("There is no Usher ID with this email address.");
});

const HEAD = "Erase data";

async function askToErase() {
  const { user } = await renderConsole("/console/operator/ids");
  await user.type(await screen.findByLabelText("Address of the person"), "Lee@Example.org");
  await user.click(await button(HEAD));
  return { user, confirmation: await dialog() };
}

test("a person is erased once the address has been typed again", async () => {
  const erase = "/v1/operator/identities/Lee%40Example.org/erase";
  api.answer(`POST ${erase}`, { identity_id: "i", status: "erased" });
  const { user, confirmation } = await askToErase();

  expect(confirmation.getByText("This cannot be undone. The data cannot be recovered.")).toBeTruthy();
  const typed = confirmation.getByLabelText("Type Lee@Example.org to confirm");
  await user.type(typed, "kim@example.org");
  await user.click(confirmation.getByRole("button", { name: HEAD }));
  expect(confirmation.getByText("This is not the address above.")).toBeTruthy();
  expect(api.sent(`POST ${erase}`)).toEqual([]);
  await user.clear(typed);
  await user.type(typed, "lee@example.org");
  await user.click(confirmation.getByRole("button", { name: HEAD }));

  expect(await screen.findByText("Everything about Lee@Example.org has been erased.")).toBeTruthy();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test.each([
  [404, { code: "not_found" }, "Nothing is known about this email address."],
  [
    409,
    { code: "last_admin", account_ids: ["ab123"] },
    "This person is the last active administrator of ab123. Invite another administrator there first, or suspend the account.",
  ],
  [409, { code: "cannot_act_on_self" }, undefined],
])("a refusal to erase with %d %j is shown", async (status, problem, text) => {
  api.answer("POST /v1/operator/identities/Lee%40Example.org/erase", problem, status);
  const { user, confirmation } = await askToErase();

  await user.type(confirmation.getByLabelText("Type Lee@Example.org to confirm"), "lee@example.org");
  await user.click(confirmation.getByRole("button", { name: HEAD }));

  const alert = await screen.findByRole("alert");
  if (text) expect(alert.textContent).toBe(text);
  else expect(alert.textContent).not.toBe("");
  expect(screen.queryByRole("dialog")).toBeNull();
});

const RECOVERY = "POST /v1/operator/identities/Lee%40Example.org/recovery";

async function sendRecoveryLink() {
  const { user } = await renderConsole("/console/operator/ids");
  await user.type(await screen.findByLabelText("Email address of the Usher ID"), "Lee@Example.org");
  await user.click(await button("Send link"));
  const confirmation = await dialog();
  expect(api.sent(RECOVERY)).toEqual([]);
  await user.click(confirmation.getByRole("button", { name: "Send link" }));
}

test("someone who forgot the security answer is sent a link once that is confirmed", async () => {
  api.answer(RECOVERY, {}, 202);
  await sendRecoveryLink();

  expect((await screen.findByRole("status")).textContent).toBe(
    "A password reset link is on its way to Lee@Example.org.",
  );
  expect(screen.queryByRole("dialog")).toBeNull();
});

test.each([
  [404, "not_found", "There is no Usher ID with this email address."],
  [409, "identity_blocked", "This Usher ID is blocked. Unblock it first."],
])("a refusal of that link with %d %s stands at the address", async (status, code, text) => {
  api.answer(RECOVERY, { code }, status);
  await sendRecoveryLink();

  expect(await screen.findByText(text)).toBeTruthy();
  expect(screen.getByLabelText("Email address of the Usher ID").getAttribute("aria-invalid")).toBe("true");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test.each([
  ["42", "A link was sent to this address a moment ago. You can send another one in 42 s."],
  ["40000", /^Too many links were sent to this address today\./],
])("a link that is refused for %s seconds says why", async (seconds, text) => {
  api.answer(RECOVERY, { code: "rate_limited", request_id: "r-1" }, 429, { "Retry-After": seconds });
  await sendRecoveryLink();

  expect(await screen.findByText(text)).toBeTruthy();
});

test("each time an ID is unblocked is a request of its own", async () => {
  api.answer(`POST ${LEE}/block`, status("blocked")).answer(`POST ${LEE}/unblock`, status("active"));
  const { user } = await renderConsole("/console/operator/ids");
  await user.type(await screen.findByLabelText("Email"), "lee@example.org");

  for (let time = 0; time < 2; time += 1) {
    await user.click(await button("Block ID"));
    await user.click((await dialog()).getByRole("button", { name: "Block ID" }));
    await screen.findByText("The Usher ID of lee@example.org is blocked.");
    await user.click(await button("Unblock ID"));
    await screen.findByText("The Usher ID of lee@example.org is active.");
  }

  const keys = api.sent(`POST ${LEE}/unblock`).map(({ headers }) => headers.get("Idempotency-Key"));
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(2);
});

test("an ID that is unblocked closes no question that was asked meanwhile", async () => {
  let answer: (response: Response) => void = vi.fn();
  const { user } = await renderConsole("/console/operator/ids");
  await user.type(await screen.findByLabelText("Email"), "lee@example.org");
  vi.stubGlobal(
    "fetch",
    () =>
      new Promise<Response>((resolve) => {
        answer = resolve;
      }),
  );
  await user.click(await button("Unblock ID"));
  await user.click(await button("Block ID"));
  const question = await dialog();

  answer(Response.json(status("active")));

  expect(await screen.findByText("The Usher ID of lee@example.org is active.")).toBeTruthy();
  expect(question.getByRole("button", { name: "Block ID" })).toBeTruthy();
});
