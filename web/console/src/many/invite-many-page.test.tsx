import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, GROUPS, anAccount } from "../../test/samples.ts";
import type { Account } from "../api/types.ts";

const BATCH = `POST /v1/accounts/${ACCOUNT_ID}/users/batch`;

interface Sent {
  users: { first_name: string; last_name: string | null; email: string; admin: boolean; groups: string[] }[];
  dry_run?: boolean;
  message?: string | null;
  notify?: string[];
}

/** Judges as the API does: complete rows are fine, and who is in `taken` is there already. */
const judge =
  (taken: Record<string, string> = {}) =>
  (body: unknown) => {
    const { users, dry_run } = body as Sent;
    return {
      results: users.map(({ first_name, last_name, email }, index) => {
        const bad = { first_name, last_name, email: email.includes(".") ? email : "" };
        const errors = Object.entries(bad)
          .filter(([, value]) => !value)
          .map(([field]) => ({ field, message: "Not accepted." }));
        const code = errors.length ? "invalid_request" : (taken[email] ?? null);
        const outcome = code ? "refused" : dry_run ? "ok" : "invited";
        return { index, email: email.toLowerCase(), outcome, code, detail: null, errors, user_id: null, user: null };
      }),
    };
  };

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub().answer(`GET /v1/accounts/${ACCOUNT_ID}/groups`, GROUPS).answer(BATCH, judge());
  signInForTest();
  vi.resetModules();
});

async function open(account: Account = anAccount()) {
  const { InviteManyPage } = await import("./invite-many-page.tsx");
  return renderWithProviders(<InviteManyPage />, { context: { account } });
}

type User = Awaited<ReturnType<typeof open>>["user"];

async function paste(user: User, text: string) {
  await user.click(screen.getByLabelText("Email addresses"));
  await user.paste(text);
  await user.click(screen.getByRole("button", { name: "Check the list" }));
}

const rows = () => within(screen.getByRole("list", { name: "People" })).getAllByRole("listitem");
const results = () =>
  within(screen.getByRole("list", { name: "Results" }))
    .getAllByRole("listitem")
    .map(({ textContent }) => textContent);
const sent = () => api.sent(BATCH).map(({ body }) => body as Sent);
const reals = () => api.sent(BATCH).filter(({ body }) => !(body as Sent).dry_run);
const press = (user: User, name: string) => user.click(screen.getByRole("button", { name }));
const people = (n: number) =>
  Array.from({ length: n }, (_, each) => `Guest No${String(each)} <g${String(each)}@example.org>`).join("\n");
const noLimit = anAccount({ seats: { limit: null, used: 3, available: null } });

test("each row has a verdict in words before anyone is invited", async () => {
  api.answer(BATCH, judge({ "kim@example.org": "already_member" }));
  const { user } = await open();

  await paste(user, "Lee Sherron <lee@example.org>, Kim Ko <kim@example.org>; bad@example\nLee B <LEE@example.org>");

  expect(await screen.findByText("1 person can be invited. 3 rows have a problem.")).toBeTruthy();
  expect(rows().map(({ textContent }) => textContent)).toEqual([
    "1Can be invited",
    "2This email address already belongs to an active user of this account.",
    "3Last name: Please fill this in. Email: Enter a complete email address, e.g. lee@example.org.",
    "4This address is on the list already.",
  ]);
  expect(reals()).toEqual([]);
});

test("a row is corrected in place and judged again, alone", async () => {
  const { user } = await open();
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
  expect(sent().map(({ users }) => users.map(({ email }) => email))).toEqual([
    ["lee@example.org", "kim@example"],
    ["kim@example.org"],
  ]);
});

test("a row that is removed frees its address for the next", async () => {
  const { user } = await open();
  await paste(user, "Lee Sherron <lee@example.org>\nLee Other <lee@example.org>");
  await screen.findByText("1 person can be invited. 1 row has a problem.");

  await press(user, "Remove row 1");

  expect(await screen.findByText("1 person can be invited.")).toBeTruthy();
  expect(rows()).toHaveLength(1);
});

test("seats that run out refuse the rows after them, with the way to more seats", async () => {
  const { user } = await open(anAccount({ seats: { limit: 5, used: 3, available: 2 } }));

  await paste(user, people(3));

  expect(await screen.findByText("2 people can be invited. 1 row has a problem.")).toBeTruthy();
  expect(rows()[2]?.textContent).toContain("No seat is free.");
  expect(screen.getByRole("button", { name: "Buy a seat" })).toBeTruthy();
});

test("more than 200 rows are several requests, each with its own key and what was chosen for all", async () => {
  const { user } = await open(noLimit);
  await paste(user, people(450));
  await screen.findByText("450 people can be invited.", {}, { timeout: 10_000 });
  await user.type(screen.getByLabelText(/^Message/), "Welcome!");
  await user.click(screen.getByRole("combobox", { name: /^Also notify/ }));
  await user.paste("hr@example.org");
  await user.tab();

  await press(user, "Invite 450 people");

  expect(await screen.findByText("450 people have been invited.")).toBeTruthy();
  expect(reals().map(({ body }) => (body as Sent).users.length)).toEqual([200, 200, 50]);
  expect(new Set(reals().map(({ headers }) => headers.get("Idempotency-Key"))).size).toBe(3);
  for (const { body } of reals()) expect(body).toMatchObject({ message: "Welcome!", notify: ["hr@example.org"] });
});

test("what failed is sent again with its own key, and what is done is not", async () => {
  const { user } = await open(noLimit);
  await paste(user, people(201));
  await screen.findByText("201 people can be invited.", {}, { timeout: 10_000 });
  refuseAfterFirst();

  await press(user, "Invite 201 people");

  expect((await screen.findByRole("alert")).textContent).toContain("no one is invited twice");
  expect(screen.getByText("200 of 201 sent")).toBeTruthy();
  api.answer(BATCH, judge());
  await press(user, "Continue");
  expect(await screen.findByText("201 people have been invited.")).toBeTruthy();
  const [first, second, third, ...more] = reals().map(({ headers }) => headers.get("Idempotency-Key"));
  expect(second).not.toBe(first);
  expect(third).toBe(second);
  expect(more).toEqual([]);
  expect(reals()[2]?.body).toEqual(reals()[1]?.body);
});

/** The next request is answered, those after it are refused. */
function refuseAfterFirst() {
  const ok = judge();
  api.answer(BATCH, (body: unknown) => {
    api.answer(BATCH, { code: "rate_limited" }, 429, { "Retry-After": "60" });
    return ok(body);
  });
}

test("a request whose answer is lost is repeated by itself", async () => {
  const { user } = await open();
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
  expect(new Set(reals().map(({ headers }) => headers.get("Idempotency-Key"))).size).toBe(1);
  expect(reals()).toHaveLength(2);
});

test("a reload keeps the list, and what is sent of it", async () => {
  const first = await open(noLimit);
  await paste(first.user, people(201));
  await screen.findByText("201 people can be invited.", {}, { timeout: 10_000 });
  first.unmount();
  const second = await open(noLimit);
  await screen.findByText("201 people can be invited.", {}, { timeout: 10_000 });
  refuseAfterFirst();
  await press(second.user, "Invite 201 people");
  await screen.findByText("200 of 201 sent");
  await screen.findByRole("alert");
  second.unmount();

  const third = await open(noLimit);
  api.answer(BATCH, judge());
  await press(third.user, "Continue");

  expect(await screen.findByText("201 people have been invited.")).toBeTruthy();
  const keys = reals().map(({ headers }) => headers.get("Idempotency-Key"));
  expect(keys[2]).toBe(keys[1]);
  expect(keys).toHaveLength(3);
});

test("those who were not invited can be corrected afterwards", async () => {
  const { user } = await open();
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
  const files: Blob[] = [];
  vi.stubGlobal(
    "URL",
    Object.assign(URL, { createObjectURL: (file: Blob) => files.push(file), revokeObjectURL: vi.fn() }),
  );
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
  const { user } = await open();
  await paste(user, "first name,last name,email,team\n=Lee,Sherron,lee@example.org,x");
  expect(await screen.findByText("Columns that are not used: team.")).toBeTruthy();
  await user.click(await screen.findByRole("button", { name: "Invite 1 person" }));
  await screen.findByText("1 person has been invited.");

  await press(user, "Download the result");

  expect(await textOf(files[0])).toBe(
    `First name,Last name,Email,Result,Reason\r\n"'=Lee",Sherron,lee@example.org,Invited,\r\n`,
  );
});

/** jsdom's Blob has no text(); the byte-order mark is not part of the text. */
const textOf = (blob: Blob | undefined) =>
  new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve(reader.result);
    };
    if (blob) reader.readAsText(blob);
  });

test("a file is read, and one that is none of text is refused with what helps", async () => {
  const { user } = await open();
  const input = screen.getByLabelText("Choose a CSV file", { selector: "input" });

  await user.upload(input, new File([Uint8Array.from([0x50, 0x4b, 3, 4])], "people.csv", { type: "text/csv" }));
  expect((await screen.findByRole("alert")).textContent).toContain("Save it as CSV");
  await user.upload(input, new File(["Vorname;Nachname;E-Mail\nLee;Sherron;lee@example.org"], "x.csv"));

  expect(await screen.findByText("1 person can be invited.")).toBeTruthy();
});

test("a change for all is judged again, and who may not invite administrators is not asked", async () => {
  const { user } = await open();
  await paste(user, "Lee Sherron <lee@example.org>");
  await screen.findByText("1 person can be invited.");

  await user.click(screen.getByRole("switch", { name: /^Administrator/ }));

  await waitFor(() => {
    expect(sent().map(({ users }) => users[0]?.admin)).toEqual([false, true]);
  });
});

test("only rows with a problem are shown, and a corrected one stays in sight", async () => {
  const { user } = await open();
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
  const { user } = await open();
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

test("leaving the page while invitations are sent asks first", async () => {
  const { user } = await open();
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
