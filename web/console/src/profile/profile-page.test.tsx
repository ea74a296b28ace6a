import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { signInWithGroups } from "../../test/operator.ts";
import { renderConsole, signInForTest } from "../../test/render.tsx";
import { me } from "../../test/samples.ts";

const LOGO = "/logos/a.png";

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub();
  signInForTest();
  vi.resetModules();
});

test("people without an account have their profile, password and sessions on a page of its own", async () => {
  api.answer("GET /v1/me", me({ accounts: [] })).answer("PATCH /v1/me", me({ accounts: [], locale: "fr" }));
  api.answer("PATCH /v1/me/profile", me().profile);
  const { user } = await renderConsole("/console/profile");

  expect(await screen.findByRole("heading", { name: "Your profile" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Change password…" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Sign out everywhere…" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "Help" })).toBeTruthy();
  expect(screen.queryByRole("link", { name: "Operator pages" })).toBeNull();
  await user.selectOptions(screen.getByLabelText("Language"), "fr");
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => {
    expect(api.sent("PATCH /v1/me").map(({ body }) => body)).toEqual([{ locale: "fr" }]);
  });
});

test("operators find their profile from their pages, and their pages from the profile", async () => {
  signInWithGroups("operators");
  api.answer("GET /v1/me", me({ accounts: [] })).answer("GET /v1/operator/accounts", { data: [], next_cursor: null });
  const { user } = await renderConsole("/console/operator/accounts");

  expect(await screen.findByRole("link", { name: "Help" })).toBeTruthy();
  await user.click(await screen.findByRole("link", { name: "Your profile" }));

  expect(await screen.findByRole("heading", { name: "Your profile" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "Operator pages" }).getAttribute("href")).toBe("/console/operator/accounts");
});

test("the saved picture can be removed", async () => {
  const profile = { phone: null, time_zone: "UTC", signature: null, logo_url: LOGO };
  api.answer("GET /v1/me", me({ accounts: [], profile }));
  api.answer("PATCH /v1/me/profile", { ...profile, logo_url: null });
  const { user } = await renderConsole("/console/profile");

  await user.click(await screen.findByRole("button", { name: "Remove the picture" }));
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => {
    expect(api.sent("PATCH /v1/me/profile").map(({ body }) => body)).toEqual([{ logo: null }]);
  });
  expect(screen.queryByRole("button", { name: "Remove the picture" })).toBeNull();
});

test("what was not changed is not sent, though it was read again with other values", async () => {
  const profile = { phone: null, time_zone: "UTC", signature: "Old", logo_url: null };
  api.answer("GET /v1/me", me({ accounts: [], profile }));
  const { user } = await renderConsole("/console/profile");
  const zone = await screen.findByLabelText<HTMLSelectElement>("Time zone");
  const newer = { ...profile, signature: "New in another tab" };
  api.answer("GET /v1/me", me({ accounts: [], profile: newer, first_name: "Anne" }));
  const { queryClient } = await import("../api/query-client.ts");
  await queryClient.refetchQueries();

  api.answer("PATCH /v1/me/profile", { ...newer, time_zone: "Asia/Tokyo" });
  await user.selectOptions(zone, "Asia/Tokyo");
  await user.click(screen.getByRole("button", { name: "Save" }));

  expect(await screen.findByText("Your profile has been saved.")).toBeTruthy();
  expect(api.sent("PATCH /v1/me/profile").map(({ body }) => body)).toEqual([{ time_zone: "Asia/Tokyo" }]);
  expect(api.sent("PATCH /v1/me")).toEqual([]);
  expect(screen.getByLabelText<HTMLTextAreaElement>("Email signature").value).toBe("New in another tab");
});

test("where names are refused, the profile counts as saved, and they stay entered", async () => {
  const profile = { phone: null, time_zone: "UTC", signature: null, logo_url: null };
  api.answer("GET /v1/me", me({ accounts: [], profile }));
  api.answer("PATCH /v1/me/profile", { ...profile, signature: "Bye" }).answer("PATCH /v1/me", { code: "oops" }, 500);
  const { user } = await renderConsole("/console/profile");
  await user.type(await screen.findByLabelText("Email signature"), "Bye");
  await user.clear(screen.getByLabelText("First name"));
  await user.type(screen.getByLabelText("First name"), "Anna");

  api.answer("GET /v1/me", me({ accounts: [], profile: { ...profile, signature: "Bye" } }));
  await user.click(screen.getByRole("button", { name: "Save" }));

  expect(await screen.findByRole("alert")).toBeTruthy();
  await waitFor(() => {
    expect(api.sent("GET /v1/me")).toHaveLength(2);
  });
  api.answer("PATCH /v1/me", me({ accounts: [], first_name: "Anna", profile: { ...profile, signature: "Bye" } }));
  await user.click(screen.getByRole("button", { name: "Save" }));

  expect(await screen.findByText("Your profile has been saved.")).toBeTruthy();
  expect(api.sent("PATCH /v1/me/profile")).toHaveLength(1);
  expect(api.sent("PATCH /v1/me").map(({ body }) => body)).toEqual([{ first_name: "Anna" }, { first_name: "Anna" }]);
});

test("changes that were refused are discarded to what has been saved", async () => {
  const profile = { phone: null, time_zone: "UTC", signature: null, logo_url: null };
  api.answer("GET /v1/me", me({ accounts: [], profile }));
  api.answer("PATCH /v1/me/profile", { ...profile, signature: "Bye" }).answer("PATCH /v1/me", { code: "oops" }, 500);
  const { user } = await renderConsole("/console/profile");
  await user.type(await screen.findByLabelText("Email signature"), "Bye");
  await user.type(screen.getByLabelText("First name"), "a");

  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByRole("alert")).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("First name").value).toBe("Anna");
  await user.click(screen.getByRole("button", { name: "Discard changes" }));

  expect(screen.getByLabelText<HTMLTextAreaElement>("Email signature").value).toBe("Bye");
  expect(screen.getByLabelText<HTMLInputElement>("First name").value).toBe("Ann");
});
