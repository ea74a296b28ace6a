import { fill } from "#shared/texts.ts";
import type { Entry } from "../api/types.ts";
import { formatList, texts } from "../texts/index.ts";
import { formatDateTime } from "../users/dates.ts";

interface EntryText {
  title: string;
  more?: string;
}

function expiry({ expires_at }: Entry["after"]): Pick<EntryText, "more"> {
  if (typeof expires_at !== "string") return {};
  return { more: fill(texts.journalDetail.validUntil, { date: formatDateTime(expires_at) }) };
}

/** Names the fields of an edit, without their values. */
function changed({ fields }: Entry["after"]): Pick<EntryText, "more"> {
  if (!Array.isArray(fields) || !fields.length) return {};
  const names: Record<string, string> = texts.journalDetail.fields;
  const list = formatList(fields.map((field) => names[String(field)] ?? String(field)));
  return { more: fill(texts.journalDetail.changed, { fields: list }) };
}

function invited({ admin, kind }: Entry["after"]): string {
  if (kind === "partner") return texts.journalDetail.invitedPartner;
  return admin === true ? texts.journalDetail.invitedAdmin : texts.journal["user.invited"];
}

/** Returns the text of a journal entry; an unknown type is shown by its name. */
export function describeEntry({ type, after }: Pick<Entry, "type" | "after">): EntryText {
  const titles: Record<string, string> = texts.journal;
  const title = titles[type] ?? type.replace(/[._]/g, " ");
  switch (type) {
    case "user.invited":
      return { title: invited(after), ...expiry(after) };
    case "invitation.resent":
      return { title: after.admin === true ? texts.journalDetail.resentAdmin : title, ...expiry(after) };
    case "invitation.delivery_changed": {
      const deliveries: Record<string, string> = texts.delivery;
      const delivery = deliveries[String(after.delivery)];
      return { title: delivery ? fill(texts.journalDetail.delivery, { delivery }) : title };
    }
    default:
      return { title, ...changed(after) };
  }
}
