import { screen, within } from "@testing-library/react";
import { vi } from "vitest";
import type { User } from "../src/api/types.ts";
import { ApiStub } from "./api-stub.ts";
import { renderWithProviders, signInForTest } from "./render.tsx";
import { ACCOUNT_ID, GROUPS, USER_ID, aUser, anAccount } from "./samples.ts";

export const USER = `/v1/accounts/${ACCOUNT_ID}/users/${USER_ID}`;
export const MORE = "Actions for Lee Sherron";

/** An API that knows the account, its groups, and an administrator. To be called before each test. */
export function actionsApi(): ApiStub {
  signInForTest();
  vi.resetModules();
  return new ApiStub()
    .answer(`GET /v1/accounts/${ACCOUNT_ID}`, anAccount())
    .answer(`GET /v1/accounts/${ACCOUNT_ID}/access`, { admin: true, permissions: [] })
    .answer(`GET /v1/accounts/${ACCOUNT_ID}/groups`, GROUPS);
}

/** Shows the buttons of a user. */
export async function show(shown: User, isAdmin = true, may: (permission: string) => boolean = () => true) {
  const { ActionButtons } = await import("../src/actions/action-buttons.tsx");
  const { ActionDialogHost } = await import("../src/actions/action-dialog-host.tsx");
  return renderWithProviders(
    <ActionDialogHost>
      <ActionButtons user={shown} />
    </ActionDialogHost>,
    { context: { isAdmin, may } },
  );
}

/** The requests that were more than reading. */
export const changes = (api: ApiStub) => api.routes.filter((route) => !route.startsWith("GET"));

export const withActions = (...actions: string[]) => aUser({ allowed_actions: actions });

/** Chooses an action from the buttons or the menu; the dialog that opens, and its button of the same name. */
export async function choose(action: string, shown: User) {
  const result = await show(shown);
  const button = screen.queryByRole("button", { name: action });
  if (button) {
    await result.user.click(button);
  } else {
    await result.user.click(screen.getByRole("button", { name: MORE }));
    await result.user.click(await screen.findByRole("menuitem", { name: action }));
  }
  const dialog = await screen.findByRole("dialog");
  return { ...result, dialog, confirm: () => result.user.click(within(dialog).getByRole("button", { name: action })) };
}
