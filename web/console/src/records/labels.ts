import recordTypes from "#shared/record-types.json" with { type: "json" };
import { fill } from "#shared/texts.ts";
import { currentLocale, formatNumber, texts } from "../texts/index.ts";

/** Returns what records of a type are called, in the person's language. */
export const typeLabel = (type: string): string =>
  recordTypes.find((known) => known.type === type)?.label[currentLocale()] ?? type;

/** Returns a line for each type: its name, and how many there are. */
export const countLines = (counts: Record<string, number>, form = texts.handOver.count): string[] =>
  Object.entries(counts).map(([type, n]) => fill(form, { type: typeLabel(type), n: formatNumber(n) }));

/** The types that stay with an owner who leaves. */
export const keptLabels = (): string[] =>
  recordTypes.filter(({ on_leave }) => on_leave === "keep").map(({ type }) => typeLabel(type));
