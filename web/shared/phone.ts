import type { components } from "./schema";

type Phone = components["schemas"]["Phone"];

/** What is wrong with which half; the pages have the words. */
export interface PhoneProblem {
  field: "phone.country_code" | "phone.number";
  message: "codeMissing" | "numberMissing" | "numberInvalid";
}

const CALLING_CODES =
  "AF93 AL355 DZ213 AD376 AO244 AR54 AM374 AU61 AT43 AZ994 BH973 BD880 BY375 BE32 BZ501 BJ229 BT975 BO591 BA387 BW267 BR55 BN673 BG359 BF226 BI257 KH855 CM237 CA1 CV238 CF236 TD235 CL56 CN86 CO57 CG242 CD243 CR506 CI225 HR385 CU53 CY357 CZ420 DK45 DJ253 EC593 EG20 SV503 EE372 SZ268 ET251 FJ679 FI358 FR33 GA241 GM220 GE995 DE49 GH233 GI350 GR30 GT502 GN224 GY592 HT509 HN504 HK852 HU36 IS354 IN91 ID62 IR98 IQ964 IE353 IL972 IT39 JP81 JO962 KZ7 KE254 KW965 KG996 LA856 LV371 LB961 LS266 LR231 LY218 LI423 LT370 LU352 MO853 MG261 MW265 MY60 MV960 ML223 MT356 MR222 MU230 MX52 MD373 MC377 MN976 ME382 MA212 MZ258 MM95 NA264 NP977 NL31 NZ64 NI505 NE227 NG234 MK389 NO47 OM968 PK92 PS970 PA507 PG675 PY595 PE51 PH63 PL48 PT351 QA974 RO40 RU7 RW250 SM378 SA966 SN221 RS381 SC248 SL232 SG65 SK421 SI386 SO252 ZA27 KR82 SS211 ES34 LK94 SD249 SR597 SE46 CH41 SY963 TW886 TJ992 TZ255 TH66 TG228 TN216 TR90 TM993 UG256 UA380 AE971 GB44 US1 UY598 UZ998 VE58 VN84 YE967 ZM260 ZW263";

/** Calling codes with the country's name in the reader's language, in alphabetical order. */
export function callingCodes(language: string): { code: string; label: string; region: string }[] {
  const names = new Intl.DisplayNames([language], { type: "region" });
  return CALLING_CODES.split(" ")
    .map((entry) => {
      const region = entry.slice(0, 2);
      const code = `+${entry.slice(2)}`;
      return { code, region, label: `${names.of(region) ?? region} ${code}` };
    })
    .sort((a, b) => a.label.localeCompare(b.label, language));
}

const PUNCTUATION = /[\s().\-/]/g;

/** A telephone number is optional, and valid only as a pair. */
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
