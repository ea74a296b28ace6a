const relative = new Intl.RelativeTimeFormat("en");
const date = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const fullDateTime = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS = [
  ["year", 365 * DAY, 30 * DAY],
  ["month", 30 * DAY, DAY],
  ["day", DAY, HOUR],
  ["hour", HOUR, MINUTE],
  ["minute", MINUTE, 1_000],
] as const;

/** Formats a distance from now in the largest unit that is full, within half of the next smaller: "in 7 days". */
export function formatRelative(iso: string, now = Date.now()): string {
  const distance = Date.parse(iso) - now;
  for (const [unit, length, smaller] of UNITS) {
    if (Math.abs(distance) >= length - smaller / 2) return relative.format(Math.round(distance / length), unit);
  }
  return distance > 0 ? "in less than a minute" : "just now";
}

export const formatDate = (iso: string) => date.format(new Date(iso));
export const formatDateTime = (iso: string) => dateTime.format(new Date(iso));
export const formatFullDateTime = (iso: string) => fullDateTime.format(new Date(iso));
