import type { Entry } from "../api/types.ts";

/** Types of entries that can be filtered, in the order of a user's life. */
export const TYPES = [
  "user.invited",
  "invitation.resent",
  "invitation.link_copied",
  "invitation.reminded",
  "invitation.expired",
  "invitation.declined",
  "invitation.revoked",
  "invitation.new_link_requested",
  "invitation.delivery_changed",
  "user.joined",
  "user.edited",
  "user.blocked",
  "user.unblocked",
  "user.deactivated",
  "user.reactivated",
  "user.removed",
  "settings.changed",
] as const satisfies Entry["type"][];

export const isEntryType = (type: string): type is (typeof TYPES)[number] => TYPES.some((known) => known === type);
