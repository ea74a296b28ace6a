/** Groups all time zones, `own` included, by region. `regions` holds the translated names of the regions. */
export function timeZones(
  own: string,
  regions: Record<string, string>,
): { group: string; items: { value: string; label: string }[] }[] {
  const groups = new Map<string, { value: string; label: string }[]>();
  const known = "supportedValuesOf" in Intl ? Intl.supportedValuesOf("timeZone") : []; // eslint-disable-line compat/compat -- browsers before 2022
  for (const value of [...new Set([...known, own, "UTC"])].sort()) {
    const [continent = "", ...town] = value.replaceAll("_", " ").split("/");
    const region = town.length ? continent : "Other";
    const group = regions[region] ?? region;
    const items = groups.get(group) ?? [];
    items.push({ value, label: town.join(", ") || value });
    groups.set(group, items);
  }
  return [...groups].sort(([a], [b]) => a.localeCompare(b)).map(([group, items]) => ({ group, items }));
}

export const ownTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Formats the current time in a zone; null for a zone that the browser does not know. */
export function timeIn(zone: string, locale: string, now = new Date()): string | null {
  try {
    return now.toLocaleTimeString(locale, { timeZone: zone, hour: "2-digit", minute: "2-digit" });
  } catch {
    return null;
  }
}
