import codes from "./calling-codes.json";
import type { components } from "./schema";

type Phone = components["schemas"]["Phone"];

/** A validation error of one of the two phone fields; the pages map `message` to a text. */
interface PhoneProblem {
  field: "phone.country_code" | "phone.number";
  message: "codeMissing" | "numberMissing" | "numberInvalid" | "otherCode";
}

/** Calling code of each region ("GB": "+44"). The main region of a shared code comes first. */
const CODE_OF_REGION = new Map(
  Object.entries(codes as Record<string, string>).flatMap(([code, run]) =>
    (run.match(/../g) ?? []).map((region) => [region, `+${code}`] as const),
  ),
);

/** Returns the calling code of a region; "" stays "". */
export const codeOfRegion = (region: string): string => CODE_OF_REGION.get(region) ?? "";

/** Returns the main region of a calling code ("+1": "US"); "" for none. */
export const regionOfCode = (code: string): string => [...CODE_OF_REGION].find(([, of]) => of === code)?.[0] ?? "";

/** Lists calling codes with the region's name in the given language, sorted by name. Several regions share a code. */
export function callingCodes(language: string): { code: string; label: string; region: string }[] {
  // Browsers before 2021 show the region's code instead of its name.
  const names = "DisplayNames" in Intl ? new Intl.DisplayNames([language], { type: "region" }) : undefined; // eslint-disable-line compat/compat
  return [...CODE_OF_REGION]
    .map(([region, code]) => ({ code, region, label: `${names?.of(region) ?? region} ${code}` }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
}

const PUNCTUATION = /[\s().\p{Pd}/\p{Cf}\u2212\u00b7~]/gu;
const ZERO = 0x30;

/** Replaces the digits of other scripts by ASCII ones. Each script's digits are a run of ten, from a multiple of 16 or 6 above it. */
const asciiDigits = (text: string): string =>
  text.normalize("NFKC").replace(/\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0) ?? ZERO;
    const row = point & ~0xf;
    const zero = /\p{Nd}/u.test(String.fromCodePoint(row)) ? row : row + 6;
    return String(point - zero);
  });

/** Validates the optional phone: both fields or neither. Strips punctuation and a calling code that agrees. */
export function readPhone(countryCode: string, number: string): { phone: Phone | null; problems: PhoneProblem[] } {
  const typed = asciiDigits(number).replace(PUNCTUATION, "").replace(/^00/, "+");
  const digits = countryCode && typed.startsWith(countryCode) ? typed.slice(countryCode.length) : typed;
  if (!digits && !countryCode) return { phone: null, problems: [] };
  const problems: PhoneProblem[] = [];
  if (!countryCode) problems.push({ field: "phone.country_code", message: "codeMissing" });
  if (!digits) problems.push({ field: "phone.number", message: "numberMissing" });
  else if (countryCode && digits.startsWith("+")) problems.push({ field: "phone.number", message: "otherCode" });
  else if (!/^\d{4,14}$/.test(digits)) problems.push({ field: "phone.number", message: "numberInvalid" });
  return problems.length
    ? { phone: null, problems }
    : { phone: { country_code: countryCode, number: digits }, problems };
}
