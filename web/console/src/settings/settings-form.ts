import { useForm } from "@mantine/form";
import type { FieldError } from "#shared/problem.ts";
import type { Settings } from "../api/types.ts";

/** As the fields hold them: texts, with nothing for none. */
export interface SettingsValues {
  invite_profile: Settings["invite_profile"];
  default_group: string;
  allow_link_copy: boolean;
  locale: Settings["locale"];
  daily_mail_limit: string;
  help_url: string;
}

export const FIELD_OF_PATH: Record<string, keyof SettingsValues> = {
  invite_profile: "invite_profile",
  default_group: "default_group",
  allow_link_copy: "allow_link_copy",
  locale: "locale",
  daily_mail_limit: "daily_mail_limit",
  help_url: "help_url",
};

const MOST_MAILS = 10_000;
const HELP_URL_WORDS = "Please enter an address that begins with https:// and has no spaces.";

export const valuesOf = (settings: Settings): SettingsValues => ({
  ...settings,
  default_group: settings.default_group ?? "",
  daily_mail_limit: String(settings.daily_mail_limit),
  help_url: settings.help_url ?? "",
});

const settingsOf = (values: SettingsValues): Settings => ({
  ...values,
  default_group: values.default_group || null,
  daily_mail_limit: Number(values.daily_mail_limit),
  help_url: values.help_url.trim() || null,
});

function problemsOf({ daily_mail_limit, help_url }: SettingsValues): Record<string, string> {
  const problems: Record<string, string> = {};
  if (!/^\d{1,5}$/.test(daily_mail_limit.trim()) || Number(daily_mail_limit) > MOST_MAILS)
    problems.daily_mail_limit = `Please enter a whole number up to ${MOST_MAILS.toLocaleString("en")}.`;
  if (help_url.trim() && !help_url.trim().startsWith("https://")) problems.help_url = HELP_URL_WORDS;
  return problems;
}

export const useSettingsForm = (settings: Settings) =>
  useForm<SettingsValues>({ initialValues: valuesOf(settings), validate: problemsOf });

/** What differs from the settings that were seen; somebody else's changes to the others stay. */
export function changesTo(seen: Settings, values: SettingsValues): Partial<Settings> {
  const wanted = settingsOf(values);
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => value !== seen[name as keyof Settings]));
}

/** The API's complaint about an address is a pattern, which tells people nothing. */
export const inWords = (errors: FieldError[]): FieldError[] =>
  errors.map((error) => (error.field === "help_url" ? { ...error, message: HELP_URL_WORDS } : error));
