import { fill } from "#shared/texts.ts";
import type { Entry } from "../api/types.ts";
import { formatList, texts } from "../texts/index.ts";
import { formatDateTime, isPast } from "../users/dates.ts";

interface EntryText {
  title: string;
  more?: string;
}

function expiry({ expires_at }: Entry["after"]): Pick<EntryText, "more"> {
  if (typeof expires_at !== "string") return {};
  const t = texts.journalDetail;
  return { more: fill(isPast(expires_at) ? t.wasValidUntil : t.validUntil, { date: formatDateTime(expires_at) }) };
}

/** Names what an edit has changed, without the values: `fields` of a person, else the facts that have a name. */
function changed({ fields, ...facts }: Entry["after"]): Pick<EntryText, "more"> {
  const names: Record<string, string> = texts.journalDetail.fields;
  const personal = Array.isArray(fields) ? fields.map((field) => names[String(field)] ?? String(field)) : [];
  const others = Object.keys(facts).flatMap((fact) => names[fact] ?? []);
  const list = [...new Set([...personal, ...others])];
  return list.length ? { more: fill(texts.journalDetail.changed, { fields: formatList(list) }) } : {};
}

/** Adds the name of the team or group that an entry is about, where the entry has it. */
function named(title: string, { before, after }: Pick<Entry, "before" | "after">): string {
  const name = after.name ?? before.name;
  return typeof name === "string" ? fill(texts.activity.subject, { event: title, name }) : title;
}

function invited({ admin, kind }: Entry["after"]): string {
  if (kind === "partner") return texts.journalDetail.invitedPartner;
  return admin === true ? texts.journalDetail.invitedAdmin : texts.journal["user.invited"];
}

/** Returns the text of a journal entry; an unknown type is shown by its name. */
export function describeEntry(entry: Pick<Entry, "type" | "before" | "after">): EntryText {
  const { type, after } = entry;
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
    case "user.edited":
    case "settings.changed":
      return { title, ...changed(after) };
    default:
      if (/^(team|group)\.edited$/.test(type)) return { title: named(title, entry), ...changed(after) };
      return { title: named(title, entry) };
  }
}
