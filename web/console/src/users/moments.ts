const relative = new Intl.RelativeTimeFormat("en");
const date = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });

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

/** "in 7 days", "2 hours ago": to the nearest whole unit, and a unit only once it is full, bar half of the next smaller. */
export function fromNow(iso: string, now = Date.now()): string {
  const distance = Date.parse(iso) - now;
  for (const [unit, length, smaller] of UNITS) {
    if (Math.abs(distance) >= length - smaller / 2) return relative.format(Math.round(distance / length), unit);
  }
  return distance > 0 ? "in less than a minute" : "just now";
}

export const asDate = (iso: string) => date.format(new Date(iso));
export const asMoment = (iso: string) => moment.format(new Date(iso));
export const asFullMoment = (iso: string) => full.format(new Date(iso));
