import { fill } from "#shared/texts.ts";
import type { Entry } from "../api/types.ts";
import { countLines, typeLabel } from "../records/labels.ts";
import { formatList, formatNumber, plural, texts } from "../texts/index.ts";
import { formatDateTime } from "../users/dates.ts";

interface EntryText {
  title: string;
  /** What else is known; has the placeholder {name} where `person` is given. */
  more?: string;
  /** Id of the user whose name `more` takes. */
  person?: string;
}

type Facts = Entry["after"];

function expiry({ expires_at }: Facts): Pick<EntryText, "more"> {
  if (typeof expires_at !== "string") return {};
  return { more: fill(texts.journalDetail.linkExpiry, { date: formatDateTime(expires_at) }) };
}

/** Names what an edit has changed, without the values: `fields` of a person, else the facts that have a name. */
function changed({ fields, ...facts }: Facts): Pick<EntryText, "more"> {
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

function invited({ admin, kind }: Facts): string {
  if (kind === "partner") return texts.journalDetail.invitedPartner;
  return admin === true ? texts.journalDetail.invitedAdmin : texts.journal["user.invited"];
}

/** Says why someone was blocked, or that an end of access took effect. */
function reasonOf({ reason }: Facts): Pick<EntryText, "more"> {
  const t = texts.journalDetail;
  if (reason === "access_ended") return { more: t.accessEnded };
  if (reason !== "security" && reason !== "terms" && reason !== "other") return {};
  return { more: fill(t.reason, { reason: texts.block[reason] }) };
}

/** Says how many records of each type went to whom. */
function moved({ owner_id, records }: Facts): Pick<EntryText, "more" | "person"> {
  if (typeof owner_id !== "string" || !Array.isArray(records)) return {};
  const counts: Record<string, number> = {};
  for (const { type } of records as { type: string }[]) counts[type] = (counts[type] ?? 0) + 1;
  const list = countLines(counts, "{type} ({n})").join(", ");
  return { more: fill(texts.journalDetail.recordsTo, { records: list }), person: owner_id };
}

/** Says how many seats were asked for or given back, and of which kind. */
function asked({ kind, quantity }: Facts): Pick<EntryText, "more"> {
  const forms: Partial<Record<string, typeof texts.seats.asked.purchase>> = texts.seats.asked;
  const form = forms[String(kind)];
  return form && typeof quantity === "number" ? { more: plural(form, quantity) } : {};
}

/** Says how many seats an account has; the number of purchased ones is null where there is no limit. */
function seats({ purchased, granted }: Facts): Pick<EntryText, "more"> {
  if (typeof granted !== "number") return {};
  const bought = typeof purchased === "number" ? formatNumber(purchased) : texts.operator.noLimit;
  return { more: fill(texts.journalDetail.seats, { purchased: bought, granted: formatNumber(granted) }) };
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
    case "user.blocked":
    case "user.deactivated":
      return { title, ...reasonOf(after) };
    case "records.moved":
      return { title, ...moved(after) };
    case "record.removed":
      return typeof after.type === "string" ? { title, more: typeLabel(after.type) } : { title };
    case "seats.requested":
    case "seats.approved":
    case "seats.denied":
    case "seats.returned":
      return { title, ...asked(after) };
    case "seats.set":
      return { title, ...seats(after) };
    default:
      if (/^(team|group)\.edited$/.test(type)) return { title: named(title, entry), ...changed(after) };
      return { title: named(title, entry) };
  }
}
