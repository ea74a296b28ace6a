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

const MINUTE_MS = 60_000;
const MINUTES = 60;
const HOUR_MS = 3_600_000;
const HOURS = 24;

/** Formats a moment in the browser's time zone, which is named. */
export function formatMoment(at: string): string {
  return new Date(at).toLocaleString(dateLanguage(), MOMENT);
}

/** Says how far away a moment is ("in 7 days", "in 5 hours", "in 20 minutes"): the same in every time zone. */
export function formatRelative(at: string, now = Date.now()): string {
  const distance = Date.parse(at) - now;
  const minutes = Math.round(distance / MINUTE_MS) || Math.sign(distance);
  const hours = Math.round(distance / HOUR_MS);
  const format = new Intl.RelativeTimeFormat(dateLanguage(), { numeric: "always" });
  if (Math.abs(minutes) < MINUTES) return format.format(minutes, "minute");
  return Math.abs(hours) > HOURS ? format.format(Math.round(hours / HOURS), "day") : format.format(hours, "hour");
}
