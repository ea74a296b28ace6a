import type { Entry } from "../api/types.ts";
import { DELIVERY_WORDS } from "../users/delivery.ts";
import { asMoment } from "../users/moments.ts";

interface Words {
  title: string;
  more?: string;
}

const FIELD_WORDS: Record<string, string> = {
  first_name: "first name",
  last_name: "last name",
  phone: "telephone",
  locale: "language",
};

const inviting = (title: string) => (after: Entry["after"]) => ({
  title: after.admin === true ? `${title} as an administrator` : title,
  ...expiry(after),
});

function expiry({ expires_at }: Entry["after"]): Pick<Words, "more"> {
  return typeof expires_at === "string" ? { more: `The link works until ${asMoment(expires_at)}.` } : {};
}

function edited({ fields }: Entry["after"]): Words {
  const named = Array.isArray(fields) ? fields.map((field) => FIELD_WORDS[String(field)] ?? String(field)) : [];
  return { title: "Edited", ...(named.length && { more: `Changed: ${named.join(", ")}.` }) };
}

function delivered({ delivery }: Entry["after"]): Words {
  const words: Record<string, string> = DELIVERY_WORDS;
  return { title: words[String(delivery)] ?? "The mail's delivery has changed" };
}

const WORDS: Record<Entry["type"], string | ((after: Entry["after"]) => Words)> = {
  "account.created": "The account was opened",
  "user.invited": inviting("Invited"),
  "invitation.resent": (after) => ({ title: "Sent a new link", ...expiry(after) }),
  "invitation.link_copied": "Copied the link",
  "invitation.reminded": "A reminder was sent",
  "invitation.expired": "The invitation expired",
  "invitation.declined": "Declined the invitation",
  "invitation.revoked": "Revoked the invitation",
  "invitation.new_link_requested": "Asked for a new link",
  "invitation.delivery_changed": delivered,
  "user.joined": "Joined",
  "user.edited": edited,
  "user.deactivated": "Deactivated",
  "user.reactivated": "Reactivated",
  "user.removed": "Removed",
  "settings.changed": "Changed the settings",
};

/** An entry of the journal in words for people; one of a kind that this page does not know yet keeps its name. */
export function wordsOf({ type, after }: Pick<Entry, "type" | "after">): Words {
  const words = (WORDS as Partial<typeof WORDS>)[type] ?? type.replace(/[._]/g, " ");
  return typeof words === "string" ? { title: words } : words(after);
}
