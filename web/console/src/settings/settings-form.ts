import { useForm } from "@mantine/form";
import { fill } from "#shared/texts.ts";
import type { Settings } from "../api/types.ts";
import type { FieldOfPath } from "../page/form-errors.ts";
import { formatNumber, texts } from "../texts/index.ts";

/** Form values; "" stands for null. */
export interface SettingsValues {
  invite_profile: Settings["invite_profile"];
  default_group: string;
  allow_link_copy: boolean;
  locale: Settings["locale"];
  daily_mail_limit: string;
  help_url: string;
  global_permissions: string[];
}

export const FIELD_OF_PATH: FieldOfPath<SettingsValues> = {
  invite_profile: "invite_profile",
  default_group: "default_group",
  allow_link_copy: "allow_link_copy",
  locale: "locale",
  daily_mail_limit: "daily_mail_limit",
  help_url: "help_url",
  global_permissions: "global_permissions",
};

const MAX_DAILY_EMAILS = 1_000;

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

const dailyLimitError = () => fill(texts.error.daily_mail_limit, { max: formatNumber(MAX_DAILY_EMAILS) });

function validate({ daily_mail_limit, help_url }: SettingsValues): Record<string, string> {
  const errors: Record<string, string> = {};
  if (!/^\d{1,5}$/.test(daily_mail_limit.trim()) || Number(daily_mail_limit) > MAX_DAILY_EMAILS)
    errors.daily_mail_limit = dailyLimitError();
  if (help_url.trim() && !help_url.trim().toLowerCase().startsWith("https://")) errors.help_url = texts.error.help_url;
  return errors;
}

export const useSettingsForm = (settings: Settings) =>
  useForm<SettingsValues>({ initialValues: toValues(settings), validate: validate });

/** Returns the settings that differ from those that were read; others are not sent, so that they keep concurrent changes. */
export function toPatch(seen: Settings, values: SettingsValues): Partial<Settings> {
  const wanted = toSettings(values);
  const isChanged = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(seen[name as keyof Settings]);
  return Object.fromEntries(Object.entries(wanted).filter(isChanged));
}
