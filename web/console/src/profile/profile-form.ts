import { useForm } from "@mantine/form";
import { regionOfCode } from "#shared/phone.ts";
import type { components } from "#shared/schema.d.ts";
import type { Me } from "../api/types.ts";
import type { FieldOfPath } from "../page/form-errors.ts";
import { nameErrors, phoneErrors, readPhoneFields } from "../page/person-errors.ts";
import { texts } from "../texts/index.ts";
import { validateLogo } from "./logo-rules.ts";
import { ownTimeZone } from "./time-zones.ts";

export interface ProfileValues {
  first_name: string;
  last_name: string;
  locale: Me["locale"];
  region: string;
  number: string;
  time_zone: string;
  signature: string;
  logo: File | null;
  /** Whether the saved logo goes, unless there is a new one. */
  removesLogo: boolean;
}

export const SIGNATURE_LIMIT = 1000;

export const FIELD_OF_PATH: FieldOfPath<ProfileValues> = {
  first_name: "first_name",
  last_name: "last_name",
  locale: "locale",
  "phone.country_code": "region",
  "phone.number": "number",
  time_zone: "time_zone",
  signature: "signature",
  logo: "logo",
};

function validate(values: ProfileValues): Record<string, string> {
  const errors: Record<string, string> = { ...nameErrors(values, false), ...phoneErrors(values) };
  const problem = values.logo && validateLogo(values.logo);
  if (problem) errors.logo = texts.profile[problem];
  return errors;
}

/** The saved profile; where there is none, the phone of the invitation and the browser's time zone. */
export function toValues({ profile, phone: invited, first_name, last_name, locale }: Me): ProfileValues {
  const phone = profile ? profile.phone : invited;
  return {
    first_name,
    last_name,
    locale,
    region: regionOfCode(phone?.country_code ?? ""),
    number: phone?.number ?? "",
    time_zone: profile?.time_zone ?? ownTimeZone(),
    signature: profile?.signature ?? "",
    logo: null,
    removesLogo: false,
  };
}

export const useProfileForm = (me: Me) => useForm<ProfileValues>({ initialValues: toValues(me), validate });

export type ProfileForm = ReturnType<typeof useProfileForm>;

/**
 * Returns what of the profile differs from what was read, all of a first one: what was changed elsewhere since then
 * stays. `logo` is the id of the upload.
 */
export function toProfileChanges(
  values: ProfileValues,
  seen: Me,
  logo: string | undefined,
): components["schemas"]["ProfileChanges"] {
  const { phone } = readPhoneFields(values);
  const time_zone = values.time_zone || null;
  const signature = values.signature.trim() || null;
  const { profile } = seen;
  const isOtherPhone = JSON.stringify(phone) !== JSON.stringify(readPhoneFields(toValues(seen)).phone);
  return {
    ...((!profile || isOtherPhone) && { phone }),
    ...(time_zone !== profile?.time_zone && { time_zone }),
    ...(signature !== profile?.signature && { signature }),
    ...(logo ? { logo } : values.removesLogo && { logo: null }),
  };
}

/** Returns the names and language that differ from those that were read. */
export function toIdentityChanges(values: ProfileValues, seen: Me): components["schemas"]["IdentityChanges"] {
  const first_name = values.first_name.trim();
  const last_name = values.last_name.trim();
  return {
    ...(first_name !== seen.first_name && { first_name }),
    ...(last_name !== seen.last_name && { last_name }),
    ...(values.locale !== seen.locale && { locale: values.locale }),
  };
}
