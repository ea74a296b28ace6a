import { useForm } from "@mantine/form";
import { readPhone } from "#shared/phone.ts";
import type { Edit, Settings, User } from "../api/types.ts";
import { type FieldOfPath, REQUIRED } from "../page/form-errors.ts";
import { PHONE_TEXTS } from "../page/phone-fields.tsx";

interface EditValues {
  first_name: string;
  last_name: string;
  country_code: string;
  number: string;
}

export const FIELD_OF_PATH: FieldOfPath<EditValues> = {
  first_name: "first_name",
  last_name: "last_name",
  "phone.country_code": "country_code",
  "phone.number": "number",
};

export const toValues = ({ first_name, last_name, phone }: User): EditValues => ({
  first_name,
  last_name,
  country_code: phone?.country_code ?? "",
  number: phone?.number ?? "",
});

function validate(values: EditValues, profile: Settings["invite_profile"] | undefined): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!values.first_name.trim()) errors.first_name = REQUIRED;
  if (!values.last_name.trim() && profile === "full") errors.last_name = REQUIRED;
  for (const { field, message } of readPhone(values.country_code, values.number).problems) {
    errors[FIELD_OF_PATH[field] ?? field] = PHONE_TEXTS[message];
  }
  return errors;
}

export const useEditForm = (user: User, profile: Settings["invite_profile"] | undefined) =>
  useForm<EditValues>({ initialValues: toValues(user), validate: (values) => validate(values, profile) });

/** Returns the fields that differ from the user as it was read; other fields are not sent. */
export function toPatch(values: EditValues, seen: User): Edit {
  const first_name = values.first_name.trim();
  const last_name = values.last_name.trim();
  const { phone } = readPhone(values.country_code, values.number);
  const isSamePhone = phone?.country_code === seen.phone?.country_code && phone?.number === seen.phone?.number;
  return {
    ...(first_name !== seen.first_name && { first_name }),
    ...(last_name !== seen.last_name && { last_name: last_name || null }),
    ...(!isSamePhone && { phone }),
  };
}
