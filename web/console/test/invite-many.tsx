import { screen, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { vi } from "vitest";
import type { Account } from "../src/api/types.ts";
import { ApiStub } from "./api-stub.ts";
import { renderWithProviders, signInForTest } from "./render.tsx";
import { ACCOUNT_ID, GROUPS, anAccount } from "./samples.ts";

export const BATCH = `POST /v1/accounts/${ACCOUNT_ID}/users/batch`;

interface Sent {
  users: { first_name: string; last_name: string | null; email: string; admin: boolean; groups: string[] }[];
  dry_run?: boolean;
  message?: string | null;
  notify?: string[];
}

/** Judges as the API does: complete rows are fine, and who is in `taken` is there already. */
export const judge =
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

/** An API that knows the account's groups, and judges invitations. To be called before each test. */
export function inviteManyApi(): ApiStub {
  signInForTest();
  vi.resetModules();
  return new ApiStub().answer(`GET /v1/accounts/${ACCOUNT_ID}/groups`, GROUPS).answer(BATCH, judge());
}

/** Opens the page that invites many. */
export async function openInviteMany(
  account: Account = anAccount(),
  may: (permission: string) => boolean = () => true,
) {
  const { InviteManyPage } = await import("../src/many/invite-many-page.tsx");
  return renderWithProviders(<InviteManyPage />, { context: { account, may } });
}

export async function paste(user: UserEvent, text: string) {
  await user.click(screen.getByLabelText("Email addresses"));
  await user.paste(text);
  await press(user, "Check the list");
}

export const press = (user: UserEvent, name: string) => user.click(screen.getByRole("button", { name }));

/** The rows of the list. */
export const rows = () => within(screen.getByRole("list", { name: "People" })).getAllByRole("listitem");

const requests = (api: ApiStub) => api.sent(BATCH).map((request) => ({ ...request, body: request.body as Sent }));

/** Bodies of the requests, those that only judge among them. */
export const sent = (api: ApiStub) => requests(api).map(({ body }) => body);

/** The requests that invite. */
export const reals = (api: ApiStub) => requests(api).filter(({ body }) => !body.dry_run);

/** A list of `n` people as it is pasted. */
export const people = (n: number) =>
  Array.from({ length: n }, (_, each) => `Guest No${String(each)} <g${String(each)}@example.org>`).join("\n");
