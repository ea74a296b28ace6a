import type { Entry } from "../api/types.ts";

/** Every type of entry, in the order of a user's life and then of the account's: one that is missing does not compile. */
const OFFERED: Record<Entry["type"], true> = {
  "user.invited": true,
  "invitation.resent": true,
  "invitation.link_copied": true,
  "invitation.reminded": true,
  "invitation.expired": true,
  "invitation.declined": true,
  "invitation.revoked": true,
  "invitation.new_link_requested": true,
  "invitation.delivery_changed": true,
  "user.joined": true,
  "user.edited": true,
  "user.blocked": true,
  "user.unblocked": true,
  "user.deactivated": true,
  "user.reactivated": true,
  "user.removed": true,
  "user.erased": true,
  "partner.left": true,
  "partner.certification_withdrawn": true,
  "identity.blocked": true,
  "identity.unblocked": true,
  "identity.recovery_sent": true,
  "records.moved": true,
  "record.removed": true,
  "group.created": true,
  "group.edited": true,
  "group.deleted": true,
  "team.created": true,
  "team.edited": true,
  "team.deleted": true,
  "seats.requested": true,
  "seats.approved": true,
  "seats.denied": true,
  "seats.returned": true,
  "seats.set": true,
  "settings.changed": true,
  "account.created": true,
  "account.suspended": true,
  "account.resumed": true,
};

/** Types of entries that can be filtered. */
export const TYPES = Object.keys(OFFERED) as Entry["type"][];

export const isEntryType = (type: string): type is Entry["type"] => type in OFFERED;
