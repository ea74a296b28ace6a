import { screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { ApiStub } from "../../test/api-stub.ts";
import { button, operatorApi } from "../../test/operator.ts";
import { renderConsole } from "../../test/render.tsx";
import { ACCOUNT_ID, aSeatRequest } from "../../test/samples.ts";

let api: ApiStub;

beforeEach(() => {
  api = operatorApi();
});

test("requests of all accounts are decided in one list", async () => {
  const requests = "GET /v1/operator/seat-requests";
  const approve = "POST /v1/operator/accounts/cd456/seats/requests/r-2/approve";
  const of = (account_id: string, name: string, request_id: string) => ({
    ...aSeatRequest({ request_id, kind: "complimentary", reason: "New team" }),
    account: { account_id, name },
  });
  const [north, south] = [of(ACCOUNT_ID, "Northwind", "r-1"), of("cd456", "South", "r-2")];
  api.answer(requests, { data: [north, south], next_cursor: null });
  api.answer(approve, aSeatRequest({ request_id: "r-2", status: "approved" }));
  const { user } = await renderConsole("/console/operator/requests");

  const link = await screen.findByRole("link", { name: "South, App ID cd456" });
  expect(link.getAttribute("href")).toContain("/operator/accounts/cd456");
  api.answer(requests, { data: [north], next_cursor: null });
  await user.click(await button("Approve: 2 complimentary seats, South, App ID cd456"));

  await vi.waitFor(() => {
    expect(screen.queryByText("South, App ID cd456")).toBeNull();
  });
  expect(api.sent(approve)).toHaveLength(1);
  expect(screen.getByText("Northwind, App ID ab123")).toBeTruthy();
});

test("without requests that wait, the page says so", async () => {
  api.answer("GET /v1/operator/seat-requests", { data: [], next_cursor: null });
  await renderConsole("/console/operator/requests");

  expect(await screen.findByText("No requests are waiting")).toBeTruthy();
});
