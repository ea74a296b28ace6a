import { useForm } from "@mantine/form";
import { readPhone } from "#shared/phone.ts";
import { type FieldError, matchField } from "#shared/problem.ts";
import type { Account, NewUser } from "../api/types.ts";

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

const PHONE_WORDS = {
  codeMissing: "Please choose the country code too.",
  numberMissing: "Please add the number, or choose no code.",
  numberInvalid: "Please use digits only, 4 to 14 of them.",
};

export const MESSAGE_LIMIT = 500;
export const NOTIFY_LIMIT = 10;
const REQUIRED = "Please fill this in.";
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** The API names the halves of the telephone by their path. */
const FIELD_OF_PATH: Record<string, keyof InviteValues> = {
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

function problemsOf(values: InviteValues, { settings }: Account): Record<string, string> {
  const problems: Record<string, string> = {};
  if (!values.first_name.trim()) problems.first_name = REQUIRED;
  if (!values.last_name.trim() && settings.invite_profile !== "simple") problems.last_name = REQUIRED;
  if (!ADDRESS.test(values.email.trim())) problems.email = "Please enter a whole e-mail address.";
  if (!values.groups.length && !values.admin && !settings.default_group)
    problems.groups = "Please choose at least one group.";
  if (values.notify.some((address) => !ADDRESS.test(address))) problems.notify = "Please enter whole e-mail addresses.";
  for (const { field, message } of readPhone(values.country_code, values.number).problems) {
    problems[FIELD_OF_PATH[field] ?? field] = PHONE_WORDS[message];
  }
  return problems;
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
    validate: (values) => problemsOf(values, account),
  });

export type InviteForm = ReturnType<typeof useInviteForm>;

/** What the API is asked for. */
export function bodyFrom(values: InviteValues): NewUser {
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

/** Puts the API's complaints at the fields and the focus on the first; returns those that belong to none. */
export function complain(form: InviteForm, errors: FieldError[]): string[] {
  const homeless: string[] = [];
  const problems: Record<string, string> = {};
  for (const { field, message } of errors) {
    const path = matchField(Object.keys(FIELD_OF_PATH), field);
    const home = path && FIELD_OF_PATH[path];
    if (home) problems[home] = message;
    else homeless.push(message);
  }
  form.setErrors(problems);
  focusFirst(form, problems);
  return homeless;
}

/** Fields stand in the order in which the form names them. */
export function focusFirst(form: InviteForm, problems: Record<string, unknown>): void {
  const first = Object.keys(form.getInitialValues()).find((name) => name in problems);
  if (first) form.getInputNode(first)?.focus();
}
