import { intlLocale, texts } from "../texts/index.ts";

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

const STYLES = {
  date: { dateStyle: "medium" },
  dateTime: { dateStyle: "medium", timeStyle: "short" },
  fullDateTime: { dateStyle: "full", timeStyle: "short" },
} as const;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Creating a format is slow: there is one for each language and style. */
function format(style: keyof typeof STYLES, iso: string): string {
  const locale = intlLocale();
  const key = `${locale} ${style}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, STYLES[style]);
  formats.set(key, known);
  return known.format(new Date(iso));
}

/** Formats a distance from now in the largest unit that is full, within half of the next smaller: "in 7 days". */
export function formatRelative(iso: string, now = Date.now()): string {
  const distance = Date.parse(iso) - now;
  const relative = new Intl.RelativeTimeFormat(intlLocale());
  for (const [unit, length, smaller] of UNITS) {
    if (Math.abs(distance) >= length - smaller / 2) return relative.format(Math.round(distance / length), unit);
  }
  return distance > 0 ? texts.dates.soon : texts.dates.justNow;
}

export const isPast = (iso: string): boolean => Date.parse(iso) <= Date.now();
export const formatDate = (iso: string) => format("date", iso);
export const formatDateTime = (iso: string) => format("dateTime", iso);
export const formatFullDateTime = (iso: string) => format("fullDateTime", iso);
