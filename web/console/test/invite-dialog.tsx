import { fireEvent, screen } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { expect, vi } from "vitest";
import type { Account } from "../src/api/types.ts";
import { ApiStub } from "./api-stub.ts";
import { renderWithProviders, signInForTest } from "./render.tsx";
import { ACCOUNT_ID, GROUPS, anAccount, me } from "./samples.ts";

export const INVITE = `POST /v1/accounts/${ACCOUNT_ID}/users`;

/** An API that knows the account's groups. To be called before each test. */
export function inviteApi(): ApiStub {
  signInForTest();
  vi.resetModules();
  return new ApiStub().answer(`GET /v1/accounts/${ACCOUNT_ID}/groups`, GROUPS);
}

interface OpenOptions {
  account?: Account;
  isAdmin?: boolean;
  /** Address of the person who invites. */
  email?: string;
  may?: (permission: string) => boolean;
}

/** Opens the invite dialog. */
export async function openInvite({ account = anAccount(), isAdmin = true, ...options }: OpenOptions = {}) {
  const { email = me().email, may = () => true } = options;
  const { default: InviteDialog } = await import("../src/invite/invite-dialog.tsx");
  const { ActionDialogHost } = await import("../src/actions/action-dialog-host.tsx");
  const onClose = vi.fn();
  const dialog = (
    <ActionDialogHost>
      <InviteDialog kind="user" onClose={onClose} />
    </ActionDialogHost>
  );
  return { onClose, ...(await renderWithProviders(dialog, { context: { account, isAdmin, me: me({ email }), may } })) };
}

export const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);

/** Text of the element that describes the field as invalid. */
export function errorOf(label: string): string {
  const ids = field(label).getAttribute("aria-describedby")?.split(" ") ?? [];
  expect(field(label).getAttribute("aria-invalid")).toBe("true");
  return ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
}

export async function fill(user: UserEvent, label: string, text: string) {
  await user.click(field(label));
  await user.paste(text);
}

export async function fillIn(user: UserEvent, email = "lee@example.org") {
  await fill(user, "First name", " Lee ");
  await fill(user, "Last name", "Sherron");
  await fill(user, "Email", email);
}

/** Leaves a moment without its time, as browsers tell of it: no value, and no event where there was none before. */
export function fillInHalf(input: HTMLInputElement): void {
  if (input.value) fireEvent.change(input, { target: { value: "" } });
  Object.defineProperty(input, "validity", { value: { badInput: true } });
}

/** Unfolds the further fields, and waits until they can be reached. */
export async function showMore(user: UserEvent): Promise<void> {
  await user.click(screen.getByRole("button", { name: "More options" }));
  await screen.findByRole("combobox", { name: /^Also notify/ });
}

export const send = (user: UserEvent) => user.click(screen.getByRole("button", { name: "Send invitation" }));

/** The account with other settings. */
export function withSettings(settings: Partial<Account["settings"]>): Account {
  const account = anAccount();
  return { ...account, settings: { ...account.settings, ...settings } };
}
