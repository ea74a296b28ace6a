import { useForm } from "@mantine/form";
import { readPhone } from "#shared/phone.ts";
import { type FieldError, matchField } from "#shared/problem.ts";
import { readSession } from "#shared/session.ts";
import type { components } from "#shared/schema.d.ts";
import type { Me } from "../api/types.ts";
import { problemOfFile } from "./logo-rules.ts";
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

/** The API names the halves of the telephone by their path. */
export const FIELD_OF_PATH: Record<string, keyof ProfileValues> = {
  "phone.country_code": "country_code",
  "phone.number": "number",
  time_zone: "time_zone",
  signature: "signature",
  logo: "logo",
};

function problemsOf(values: ProfileValues, texts: Texts): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const { field, message } of readPhone(values.country_code, values.number).problems) {
    problems[FIELD_OF_PATH[field] ?? field] = texts.phone[message];
  }
  const problem = values.logo && problemOfFile(values.logo);
  if (problem) problems.logo = texts.logo[problem];
  return problems;
}

/** The API's complaints, in the language of the form. */
export function inWords(errors: FieldError[], { refused }: Texts): FieldError[] {
  return errors.map(({ field, message }) => {
    const path = matchField(Object.keys(FIELD_OF_PATH), field);
    const home = path && FIELD_OF_PATH[path];
    return { field, message: home ? refused[home] : message };
  });
}

/** Begins with what is known: the profile, or the telephone given at joining and the zone that this browser is in. */
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
    validate: (values) => problemsOf(values, texts),
  });
}

/** What the API is asked to change; a logo is named by the id of its upload. */
export function bodyFrom(values: ProfileValues, logo: string | undefined): components["schemas"]["Details"] {
  return {
    phone: readPhone(values.country_code, values.number).phone,
    time_zone: values.time_zone || null,
    signature: values.signature.trim() || null,
    ...(logo && { logo }),
  };
}
