import { screen, within } from "@testing-library/react";
import { vi } from "vitest";
import { writeSession } from "#shared/session.ts";
import { ApiStub } from "./api-stub.ts";
import { ACCOUNT_ID, anAccount, me } from "./samples.ts";

export const ACCOUNTS = "/v1/operator/accounts";
export const NORTHWIND = `${ACCOUNTS}/${ACCOUNT_ID}`;

/** Stores a session of someone in these groups of the user pool. */
export function signInWithGroups(...groups: string[]) {
  const payload = btoa(JSON.stringify({ "cognito:groups": groups }));
  const expires_at = Date.now() + 3_600_000;
  writeSession({ access_token: `h.${payload}.s`, id_token: "id", refresh_token: "refresh", expires_at });
}

/** An API that knows two accounts, and an operator without one. To be called before each test. */
export function operatorApi(): ApiStub {
  signInWithGroups("operators");
  vi.resetModules();
  return new ApiStub()
    .answer("GET /v1/me", me({ accounts: [] }))
    .answer(`GET ${ACCOUNTS}`, {
      data: [anAccount(), anAccount({ account_id: "cd456", name: "South" })],
      next_cursor: null,
    })
    .answer(`GET ${NORTHWIND}`, { ...anAccount(), seat_requests: [], administrators: [] });
}

export const button = (name: string) => screen.findByRole("button", { name });
export const dialog = async () => within(await screen.findByRole("dialog"));
