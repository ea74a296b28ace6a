const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const date = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });

const MINUTE = 60_000;
const UNITS = [
  ["year", 365 * 24 * 60 * MINUTE],
  ["month", 30 * 24 * 60 * MINUTE],
  ["day", 24 * 60 * MINUTE],
  ["hour", 60 * MINUTE],
  ["minute", MINUTE],
] as const;

/** "in 6 days", "2 hours ago": whole units only, so that nothing seems to last longer than it does. */
export function fromNow(iso: string, now = Date.now()): string {
  const distance = Date.parse(iso) - now;
  for (const [unit, length] of UNITS) {
    if (Math.abs(distance) >= length) return relative.format(Math.trunc(distance / length), unit);
  }
  return distance > 0 ? "in less than a minute" : "just now";
}

export const asDate = (iso: string) => date.format(new Date(iso));
export const asMoment = (iso: string) => full.format(new Date(iso));
