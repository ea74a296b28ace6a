import { screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { ApiStub } from "../../test/api-stub.ts";
import { ACCOUNTS, button, dialog, operatorApi, signInWithGroups } from "../../test/operator.ts";
import { renderConsole } from "../../test/render.tsx";
import { anAccount } from "../../test/samples.ts";

let api: ApiStub;

beforeEach(() => {
  api = operatorApi();
});

test("an operator without an account comes to all accounts, and searches them", async () => {
  const { user } = await renderConsole("/console/");

  expect((await screen.findByRole("link", { name: "Northwind" })).getAttribute("href")).toContain(
    "/operator/accounts/ab123",
  );
  await user.type(screen.getByLabelText("Search"), " south ");

  await vi.waitFor(() => {
    expect(api.sent(`GET ${ACCOUNTS}`).map(({ query }) => query.get("search"))).toEqual([null, "south"]);
  });
});

test("nobody else sees the pages of operators", async () => {
  signInWithGroups("taken-over");
  await renderConsole("/console/operator/accounts");

  expect(await screen.findByText("Page not found")).toBeTruthy();
  expect(api.sent(`GET ${ACCOUNTS}`)).toEqual([]);
});

test("an account is opened with its first administrator", async () => {
  api.answer(`POST ${ACCOUNTS}`, { account: anAccount(), user: {} }, 201);
  const { user } = await renderConsole("/console/operator/accounts");

  await user.click(await button("Create an account"));
  const form = await dialog();
  await user.click(form.getByRole("button", { name: "Create account" }));
  expect(form.getAllByText("Please fill this in.")).toHaveLength(3);
  await user.type(form.getByLabelText("App ID"), "AB123");
  await user.type(form.getByLabelText("Name of the account"), " Northwind ");
  await user.type(form.getByLabelText("First name"), "Ann");
  await user.type(form.getByLabelText("Last name"), "Admin");
  await user.type(form.getByLabelText("Email"), "ann@example.org");
  await user.click(form.getByRole("button", { name: "Create account" }));

  expect(
    await screen.findByText("Northwind has been created. An invitation is on its way to ann@example.org."),
  ).toBeTruthy();
  expect(api.sent(`POST ${ACCOUNTS}`)[0]?.body).toEqual({
    account_id: "ab123",
    name: "Northwind",
    seats: 10,
    admin: { first_name: "Ann", last_name: "Admin", email: "ann@example.org" },
  });
});

test("an account has at least one seat, or no limit", async () => {
  api.answer(`POST ${ACCOUNTS}`, { account: anAccount(), user: {} }, 201);
  const { user } = await renderConsole("/console/operator/accounts");
  await user.click(await button("Create an account"));
  const form = await dialog();
  await user.type(form.getByLabelText("App ID"), "ab123");
  await user.type(form.getByLabelText("Name of the account"), "Northwind");
  await user.clear(form.getByLabelText("Seats"));
  await user.type(form.getByLabelText("Seats"), "0");
  await user.type(form.getByLabelText("First name"), "Ann");
  await user.type(form.getByLabelText("Last name"), "Admin");
  await user.type(form.getByLabelText("Email"), "ann@example.org");
  await user.click(form.getByRole("button", { name: "Create account" }));
  expect(form.getByText("Enter a whole number from 1 to 1,000,000.")).toBeTruthy();

  await user.click(form.getByLabelText("No limit"));
  await user.click(form.getByRole("button", { name: "Create account" }));

  await vi.waitFor(() => {
    expect(api.sent(`POST ${ACCOUNTS}`).map(({ body }) => body)).toMatchObject([{ seats: null }]);
  });
});

test("an App ID that is taken is refused at its field", async () => {
  api.answer(`POST ${ACCOUNTS}`, { code: "conflict" }, 409);
  const { user } = await renderConsole("/console/operator/accounts");
  await user.click(await button("Create an account"));
  const form = await dialog();
  await user.type(form.getByLabelText("App ID"), "ab123");
  await user.type(form.getByLabelText("Name of the account"), "Northwind");
  await user.type(form.getByLabelText("First name"), "Ann");
  await user.type(form.getByLabelText("Last name"), "Admin");
  await user.type(form.getByLabelText("Email"), "ann@example.org");
  await user.click(form.getByRole("button", { name: "Create account" }));

  expect(await form.findByText("An account with this App ID already exists. Choose another App ID.")).toBeTruthy();
  expect(form.queryByRole("alert")).toBeNull();
});

test("a search among all accounts outlives the way to an account and back", async () => {
  const { user } = await renderConsole("/console/operator/accounts");
  await user.type(await screen.findByLabelText("Search"), "north");
  await vi.waitFor(() => {
    expect(location.search).toBe("?search=north");
  });
  await user.click(await screen.findByRole("link", { name: "Northwind" }));
  await screen.findByRole("heading", { name: "Northwind" });
  const [, wayBack] = screen.getAllByRole("link", { name: "Accounts" });
  expect(wayBack?.getAttribute("href")).toBe("/console/operator/accounts?search=north");

  history.back();

  expect((await screen.findByLabelText<HTMLInputElement>("Search")).value).toBe("north");
});
