import { dateLanguage } from "./texts/index.ts";

const MOMENT = {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "numeric",
  minute: "2-digit",
  timeZoneName: "short",
} as const;

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** Formats a moment in the browser's time zone, which is named. */
export function formatMoment(at: string): string {
  return new Date(at).toLocaleString(dateLanguage(), MOMENT);
}

/** Says how far away a moment is ("in 7 days", "in 5 hours"): the same in every time zone. */
export function formatRelative(at: string, now = Date.now()): string {
  const hours = Math.round((Date.parse(at) - now) / HOUR_MS);
  const format = new Intl.RelativeTimeFormat(dateLanguage(), { numeric: "always" });
  return Math.abs(hours) > HOURS ? format.format(Math.round(hours / HOURS), "day") : format.format(hours, "hour");
}
