import { useForm } from "@mantine/form";
import type { FieldError } from "#shared/problem.ts";
import type { Settings } from "../api/types.ts";
import type { FieldOfPath } from "../page/form-errors.ts";

/** Form values; "" stands for null. */
export interface SettingsValues {
  invite_profile: Settings["invite_profile"];
  default_group: string;
  allow_link_copy: boolean;
  locale: Settings["locale"];
  daily_mail_limit: string;
  help_url: string;
}

export const FIELD_OF_PATH: FieldOfPath<SettingsValues> = {
  invite_profile: "invite_profile",
  default_group: "default_group",
  allow_link_copy: "allow_link_copy",
  locale: "locale",
  daily_mail_limit: "daily_mail_limit",
  help_url: "help_url",
};

const MAX_DAILY_EMAILS = 1_000;
const HELP_URL_ERROR = "Enter a web address that starts with https:// and has no spaces.";

export const toValues = (settings: Settings): SettingsValues => ({
  ...settings,
  default_group: settings.default_group ?? "",
  daily_mail_limit: String(settings.daily_mail_limit),
  help_url: settings.help_url ?? "",
});

const toSettings = (values: SettingsValues): Settings => ({
  ...values,
  default_group: values.default_group || null,
  daily_mail_limit: Number(values.daily_mail_limit),
  help_url: values.help_url.trim() || null,
});

function validate({ daily_mail_limit, help_url }: SettingsValues): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!/^\d{1,5}$/.test(daily_mail_limit.trim()) || Number(daily_mail_limit) > MAX_DAILY_EMAILS)
    errors.daily_mail_limit = `Enter a whole number up to ${MAX_DAILY_EMAILS.toLocaleString("en")}.`;
  if (help_url.trim() && !help_url.trim().startsWith("https://")) errors.help_url = HELP_URL_ERROR;
  return errors;
}

export const useSettingsForm = (settings: Settings) =>
  useForm<SettingsValues>({ initialValues: toValues(settings), validate: validate });

/** Returns the settings that differ from those that were read; others are not sent, so that they keep concurrent changes. */
export function toPatch(seen: Settings, values: SettingsValues): Partial<Settings> {
  const wanted = toSettings(values);
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => value !== seen[name as keyof Settings]));
}

/** Replaces the API's message about the help page, which is a regular expression. */
export const translateErrors = (errors: FieldError[]): FieldError[] =>
  errors.map((error) => (error.field === "help_url" ? { ...error, message: HELP_URL_ERROR } : error));
