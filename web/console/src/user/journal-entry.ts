import type { Entry } from "../api/types.ts";
import { DELIVERY_TEXTS } from "../users/delivery.ts";
import { formatDateTime } from "../users/dates.ts";

interface EntryText {
  title: string;
  more?: string;
}

const FIELD_NAMES: Record<string, string> = {
  first_name: "first name",
  last_name: "last name",
  phone: "phone",
  locale: "language",
};

const inviting = (title: string) => (after: Entry["after"]) => ({
  title: after.admin === true ? `${title} as an administrator` : title,
  ...expiry(after),
});

function expiry({ expires_at }: Entry["after"]): Pick<EntryText, "more"> {
  return typeof expires_at === "string" ? { more: `Link valid until ${formatDateTime(expires_at)}.` } : {};
}

function edited({ fields }: Entry["after"]): EntryText {
  const named = Array.isArray(fields) ? fields.map((field) => FIELD_NAMES[String(field)] ?? String(field)) : [];
  return { title: "Edited", ...(named.length && { more: `Changed: ${named.join(", ")}.` }) };
}

function delivered({ delivery }: Entry["after"]): EntryText {
  const texts: Record<string, string> = DELIVERY_TEXTS;
  return { title: `Invitation email: ${(texts[String(delivery)] ?? "delivery changed").toLowerCase()}` };
}

function askingForSeats(verb: string) {
  return ({ quantity }: Entry["after"]): EntryText => ({
    title: `${verb} ${quantity === 1 ? "1 seat" : `${String(quantity)} seats`}`,
  });
}

const TEXTS: Record<Entry["type"], string | ((after: Entry["after"]) => EntryText)> = {
  "account.created": "Account opened",
  "user.invited": inviting("Invited"),
  "invitation.resent": (after) => ({ title: "Resent the invitation", ...expiry(after) }),
  "invitation.link_copied": "Copied the invitation link",
  "invitation.reminded": "Reminder sent",
  "invitation.expired": "The invitation expired",
  "invitation.declined": "Declined the invitation",
  "invitation.revoked": "Revoked the invitation",
  "invitation.new_link_requested": "Asked for a new link",
  "invitation.delivery_changed": delivered,
  "user.joined": "Joined",
  "user.edited": edited,
  "user.deactivated": "Deactivated",
  "user.reactivated": "Reactivated",
  "user.blocked": "Blocked",
  "user.unblocked": "Unblocked",
  "user.removed": "Removed",
  "team.created": "Created a team",
  "team.edited": "Changed a team",
  "team.deleted": "Deleted a team",
  "settings.changed": "Changed the settings",
  "seats.requested": askingForSeats("Asked for"),
  "seats.approved": askingForSeats("Approved"),
  "seats.denied": askingForSeats("Denied"),
  "seats.returned": askingForSeats("Gave back"),
  "seats.set": "Changed the number of seats",
};

/** Returns the text of a journal entry; an unknown type is shown by its name. */
export function describeEntry({ type, after }: Pick<Entry, "type" | "after">): EntryText {
  const text = (TEXTS as Partial<typeof TEXTS>)[type] ?? type.replace(/[._]/g, " ");
  return typeof text === "string" ? { title: text } : text(after);
}
