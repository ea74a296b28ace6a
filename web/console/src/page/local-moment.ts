/** A moment as a `datetime-local` input has it, in the browser's time zone: "2031-05-01T14:00"; "" for none. */
export function toLocalInput(iso: string | null): string {
  if (!iso) return "";
  const at = new Date(iso);
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

/** Returns the moment in UTC; null for an empty input. */
export const fromLocalInput = (value: string): string | null => (value ? new Date(value).toISOString() : null);

/** The name of the browser's time zone, such as "Europe/Berlin". */
export const localTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
