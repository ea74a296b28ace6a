import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { catchDownloads } from "../../test/downloads.ts";
import { renderWithProviders, signInForTest } from "../../test/render.tsx";
import { ACCOUNT_ID, aUser } from "../../test/samples.ts";
import { readView } from "./view.ts";

const USERS = `GET /v1/accounts/${ACCOUNT_ID}/users`;

let api: ApiStub;
let downloaded: ReturnType<typeof catchDownloads>;

beforeEach(() => {
  api = new ApiStub();
  signInForTest();
  vi.resetModules();
  downloaded = catchDownloads();
});

async function show(parameters = "") {
  const { UsersExportButton } = await import("./export-button.tsx");
  return renderWithProviders(<UsersExportButton view={readView(new URLSearchParams(parameters))} disabled={false} />);
}

const page = (id: string, next_cursor: string | null) => ({
  data: [aUser({ user_id: id.repeat(26), first_name: `Guest ${id}` })],
  next_cursor,
  total: 2,
});

test("all pages of the view are in the file", async () => {
  const pages = [page("p", "page-2"), page("q", null)];
  api.answer(USERS, () => pages.shift());
  const { user } = await show("status=invited&search=gu&group=sales");

  await user.click(screen.getByRole("button", { name: "Export CSV" }));

  await waitFor(() => {
    expect(downloaded.map(({ name }) => name)).toEqual([`users-${ACCOUNT_ID}.csv`]);
  });
  const text = await downloaded[0]?.blob.text();
  expect(text).toContain("Guest p");
  expect(text).toContain("Guest q");
  const asked = api.sent(USERS).map(({ query }) => Object.fromEntries(query));
  const view = { status: "invited", search: "gu", group: "sales", sort: "name", limit: "100" };
  expect(asked).toEqual([view, { ...view, cursor: "page-2" }]);
});

test("a long export says how far it is, and can be stopped", async () => {
  api.answer(USERS, () => {
    api.hold(USERS);
    return page("p", "page-2");
  });
  const { user } = await show();

  await user.click(screen.getByRole("button", { name: "Export CSV" }));
  expect(await screen.findByText("1 read…")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Stop" }));

  expect(screen.getByRole("button", { name: "Export CSV" })).toBeTruthy();
  expect(downloaded).toEqual([]);
});

test("an export that fails says so, and leaves no file", async () => {
  api.answer(USERS, { code: "too_many_requests" }, 429);
  const { user } = await show();

  await user.click(screen.getByRole("button", { name: "Export CSV" }));

  expect(await screen.findByText("The list could not be exported")).toBeTruthy();
  expect(downloaded).toEqual([]);
});
