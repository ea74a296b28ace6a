import type { components } from "./schema";

type Phone = components["schemas"]["Phone"];

/** A validation error of one of the two phone fields; the pages map `message` to a text. */
export interface PhoneProblem {
  field: "phone.country_code" | "phone.number";
  message: "codeMissing" | "numberMissing" | "numberInvalid";
}

/** Runs of consecutive calling codes: the first code, then a region for each; two hyphens where a code is unassigned. */
const CALLING_CODES =
  "1CA1US7KZ7RU20EG27ZA30GRNLBEFRES--HU39ITROCH--ATGBDKSENOPLDE--PEMXCUARBRCLCOVE--MYAUIDPHNZSGTH81JPKR--VN--CN90TRINPKAFLKMM98IR211SSMADZ216TN--LY--GMSNMRMLGNCIBFNETGBJMULRSLGHNGTDCFCMCV241GACGCDAO248SCSDRWETSODJKETZUGBIMZ--ZMMG--ZWNAMWLSBWSZ350GIPTLUIEISALMTCYFIBG370LTLVEEMDAMBYADMCSM--UARSME385HRSIBA--MK420CZSK--LI501BZGTSVHNNICRPA--HT591BOGYEC--PY--SRUY673BN--PG679FJ852HKMO--KHLA880BD886TW960MVLBJOSYIQKWSAYEOM--PSAEILBHQABTMNNP992TJTMAZGEKG--UZ";

/** Lists calling codes with the country's name in the given language, sorted by name. */
export function callingCodes(language: string): { code: string; label: string; region: string }[] {
  // Browsers before 2021 show the region's code instead of its name.
  const names = "DisplayNames" in Intl ? new Intl.DisplayNames([language], { type: "region" }) : undefined; // eslint-disable-line compat/compat
  return [...CALLING_CODES.matchAll(/(\d+)(\D+)/g)]
    .flatMap(([, first, run = ""]) =>
      (run.match(/../g) ?? []).map((region, index) => ({ region, code: `+${String(Number(first) + index)}` })),
    )
    .filter(({ region }) => region !== "--")
    .map(({ region, code }) => ({ code, region, label: `${names?.of(region) ?? region} ${code}` }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
}

const PUNCTUATION = /[\s().\-/]/g;

/** Validates the optional phone: both fields or neither. Strips punctuation. */
export function readPhone(countryCode: string, number: string): { phone: Phone | null; problems: PhoneProblem[] } {
  const digits = number.replace(PUNCTUATION, "");
  if (!digits && !countryCode) return { phone: null, problems: [] };
  const problems: PhoneProblem[] = [];
  if (!countryCode) problems.push({ field: "phone.country_code", message: "codeMissing" });
  if (!digits) problems.push({ field: "phone.number", message: "numberMissing" });
  else if (!/^\d{4,14}$/.test(digits)) problems.push({ field: "phone.number", message: "numberInvalid" });
  return problems.length
    ? { phone: null, problems }
    : { phone: { country_code: countryCode, number: digits }, problems };
}
