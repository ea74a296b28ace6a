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

/** Formats a moment in the browser's time zone, which is named. */
export function formatMoment(at: string): string {
  return new Date(at).toLocaleString(dateLanguage(), MOMENT);
}

/** Says how far away a moment is ("in 7 days", "in 5 hours", "in 20 minutes"): the same in every time zone. */
export function formatRelative(at: string, now = Date.now()): string {
  let unit: Intl.RelativeTimeFormatUnit = "minute";
  let distance = (Date.parse(at) - now) / MINUTE_MS;
  const isMoreThan = (limit: number) => Math.abs(Math.round(distance)) > limit;
  if (isMoreThan(59)) {
    unit = "hour";
    distance /= 60;
    if (isMoreThan(24)) {
      unit = "day";
      distance /= 24;
    }
  }
  return new Intl.RelativeTimeFormat(dateLanguage()).format(Math.round(distance) || Math.sign(distance), unit);
}
