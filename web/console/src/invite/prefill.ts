import { regionOfCode } from "#shared/phone.ts";
import type { User } from "../api/types.ts";
import { unicodeEmail } from "../users/unicode-email.ts";
import type { InviteValues } from "./invite-form.ts";

const ADMINISTRATORS = "administrators";

/** Returns what is known of a user as the values of another invitation; only administrators invite one. */
export function prefill(user: User, isAdmin: boolean): Partial<InviteValues> {
  const { first_name, last_name, email, groups, kind, phone } = user;
  return {
    kind,
    first_name,
    last_name,
    email: unicodeEmail(email),
    admin: isAdmin && user.admin,
    groups: groups.map(({ group_id }) => group_id).filter((group) => group !== ADMINISTRATORS),
    ...(phone && { region: regionOfCode(phone.country_code), number: phone.number }),
  };
}
