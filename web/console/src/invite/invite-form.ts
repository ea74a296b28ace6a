import { useForm } from "@mantine/form";
import { readPhone } from "#shared/phone.ts";
import type { Account, NewUser } from "../api/types.ts";
import { PHONE_TEXTS } from "../page/phone-fields.tsx";
import { type FieldOfPath, REQUIRED } from "../page/form-errors.ts";

export interface InviteValues {
  first_name: string;
  last_name: string;
  email: string;
  admin: boolean;
  groups: string[];
  message: string;
  notify: string[];
  country_code: string;
  number: string;
}

export const MESSAGE_LIMIT = 500;
export const NOTIFY_LIMIT = 10;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export const FIELD_OF_PATH: FieldOfPath<InviteValues> = {
  first_name: "first_name",
  last_name: "last_name",
  email: "email",
  admin: "admin",
  groups: "groups",
  message: "message",
  notify: "notify",
  "phone.country_code": "country_code",
  "phone.number": "number",
};

function validate(values: InviteValues, { settings }: Account): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!values.first_name.trim()) errors.first_name = REQUIRED;
  if (!values.last_name.trim() && settings.invite_profile !== "simple") errors.last_name = REQUIRED;
  if (!EMAIL.test(values.email.trim())) errors.email = "Enter a complete email address, e.g. lee@example.org.";
  if (!values.groups.length && !values.admin && !settings.default_group)
    errors.groups = "Please choose at least one group.";
  if (values.notify.some((address) => !EMAIL.test(address)))
    errors.notify = "Enter complete email addresses, e.g. lee@example.org.";
  for (const { field, message } of readPhone(values.country_code, values.number).problems) {
    errors[FIELD_OF_PATH[field] ?? field] = PHONE_TEXTS[message];
  }
  return errors;
}

export const useInviteForm = (account: Account) =>
  useForm<InviteValues>({
    initialValues: {
      first_name: "",
      last_name: "",
      email: "",
      groups: [],
      admin: false,
      message: "",
      country_code: "",
      number: "",
      notify: [],
    },
    validate: (values) => validate(values, account),
  });

export type InviteForm = ReturnType<typeof useInviteForm>;

/** Builds the request body. */
export function toBody(values: InviteValues): NewUser {
  const { phone } = readPhone(values.country_code, values.number);
  return {
    first_name: values.first_name.trim(),
    last_name: values.last_name.trim() || null,
    email: values.email.trim(),
    admin: values.admin,
    groups: values.groups,
    message: values.message.trim() || null,
    notify: values.notify,
    phone,
  };
}
