import { regionOfCode } from "#shared/phone.ts";
import type { AccountContextValue } from "../account/account-context.ts";
import type { User } from "../api/types.ts";
import { toLocalInput } from "../page/local-moment.ts";
import { unicodeEmail } from "../users/unicode-email.ts";
import type { InviteValues } from "./invite-form.ts";

const ADMINISTRATORS = "administrators";

/**
 * Returns what is known of a user as the values of another invitation, as far as the caller may give it: only
 * administrators invite one, and deny permissions. An end of access that has passed is left out.
 */
export function prefill(
  user: User,
  { isAdmin, may }: Pick<AccountContextValue, "isAdmin" | "may">,
): Partial<InviteValues> {
  const { first_name, last_name, email, groups, kind, phone, permissions, access_until } = user;
  return {
    kind,
    first_name,
    last_name,
    email: unicodeEmail(email),
    admin: isAdmin && user.admin,
    groups: groups.map(({ group_id }) => group_id).filter((group) => group !== ADMINISTRATORS),
    permissions: { allow: permissions.allow.filter(may), deny: isAdmin ? permissions.deny : [] },
    ...(access_until && Date.parse(access_until) > Date.now() && { access_until: toLocalInput(access_until) }),
    ...(phone && { region: regionOfCode(phone.country_code), number: phone.number }),
  };
}
