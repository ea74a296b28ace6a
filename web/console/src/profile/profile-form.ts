import { useForm } from "@mantine/form";
import { readPhone } from "#shared/phone.ts";
import { type FieldError, matchField } from "#shared/problem.ts";
import { readSession } from "#shared/session.ts";
import type { components } from "#shared/schema.d.ts";
import type { Me } from "../api/types.ts";
import type { FieldOfPath } from "../page/form-errors.ts";
import { validateLogo } from "./logo-rules.ts";
import type { Texts } from "./texts/index.ts";
import { ownTimeZone } from "./time-zones.ts";

export interface ProfileValues {
  country_code: string;
  number: string;
  time_zone: string;
  signature: string;
  logo: File | null;
}

export const SIGNATURE_LIMIT = 1000;

export const FIELD_OF_PATH: FieldOfPath<ProfileValues> = {
  "phone.country_code": "country_code",
  "phone.number": "number",
  time_zone: "time_zone",
  signature: "signature",
  logo: "logo",
};

function validate(values: ProfileValues, texts: Texts): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { field, message } of readPhone(values.country_code, values.number).problems) {
    errors[FIELD_OF_PATH[field] ?? field] = texts.phone[message];
  }
  const problem = values.logo && validateLogo(values.logo);
  if (problem) errors.logo = texts.logo[problem];
  return errors;
}

/** Replaces the API's English messages by the texts of the form's language. */
export function translateErrors(errors: FieldError[], { refused }: Texts): FieldError[] {
  return errors.map(({ field, message }) => {
    const path = matchField(Object.keys(FIELD_OF_PATH), field);
    const name = path && FIELD_OF_PATH[path];
    return { field, message: name ? refused[name] : message };
  });
}

/** Initial values: the saved profile, else the phone entered when joining and the browser's time zone. */
export function useProfileForm({ profile }: Me, texts: Texts) {
  const phone = profile ? profile.phone : readSession()?.phone;
  return useForm<ProfileValues>({
    initialValues: {
      country_code: phone?.country_code ?? "",
      number: phone?.number ?? "",
      time_zone: profile?.time_zone ?? ownTimeZone(),
      signature: profile?.signature ?? "",
      logo: null,
    },
    validate: (values) => validate(values, texts),
  });
}

/** Builds the request body. `logo` is the id of the upload. */
export function toBody(values: ProfileValues, logo: string | undefined): components["schemas"]["Details"] {
  return {
    phone: readPhone(values.country_code, values.number).phone,
    time_zone: values.time_zone || null,
    signature: values.signature.trim() || null,
    ...(logo && { logo }),
  };
}
