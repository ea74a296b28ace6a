/** A moment as a `datetime-local` input has it, in the browser's time zone: "2031-05-01T14:00"; "" for none. */
export function toLocalInput(iso: string | null): string {
  if (!iso) return "";
  const at = new Date(iso);
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

/** The latest moment that an input takes. Without a limit, browsers let people type years of six digits. */
export const LATEST_LOCAL = "9999-12-31T23:59";

/** Returns the moment in UTC; null for an empty input, and for one that is no moment before the year 10000. */
export function fromLocalInput(value: string): string | null {
  const at = new Date(value);
  if (!/^\d{4}-/.test(value) || Number.isNaN(at.getTime())) return null;
  const iso = at.toISOString();
  return iso.startsWith("+") ? null : iso;
}

/** The name of the browser's time zone, such as "Europe/Berlin". */
export const localTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
