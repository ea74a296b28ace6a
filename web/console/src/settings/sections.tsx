import { NativeSelect, Radio, Stack, Switch, TextInput } from "@mantine/core";
import "@mantine/core/styles/Radio.layer.css";
import { useAccountContext } from "../account/account-context.ts";
import { useGroups } from "../api/queries.ts";
import { LanguageSelect } from "../page/language-select.tsx";
import { loadError } from "../page/load-failure.tsx";
import { Section } from "../page/section.tsx";
import { PermissionsField } from "../permissions/permissions-field.tsx";
import { texts } from "../texts/index.ts";
import type { useSettingsForm } from "./settings-form.ts";
import classes from "./sections.module.css";

interface SectionProps {
  form: ReturnType<typeof useSettingsForm>;
}

/** How people are invited: with which names, into which group, and whether links can be copied. */
export function InvitingSection({ form }: SectionProps) {
  const t = texts.settings;
  const groups = useGroups(useAccountContext().accountId);
  return (
    <Section title={t.inviting}>
      <Stack gap="lg">
        <Radio.Group label={t.names} {...form.getInputProps("invite_profile")}>
          <Stack gap="xs" mt="xs">
            <Radio value="full" label={t.full} />
            <Radio value="simple" label={t.simple} description={t.simpleHint} />
          </Stack>
        </Radio.Group>
        <NativeSelect
          label={t.defaultGroup}
          description={t.defaultGroupHint}
          {...form.getInputProps("default_group")}
          error={loadError(groups, texts.field.noGroups) ?? form.errors.default_group}
        >
          <option value="">{t.noDefault}</option>
          {groups.data?.data
            .filter((group) => !group.default)
            .map(({ group_id, name }) => (
              <option key={group_id} value={group_id}>
                {name}
              </option>
            ))}
        </NativeSelect>
        <Switch
          label={t.copyLinks}
          description={t.copyLinksHint}
          {...form.getInputProps("allow_link_copy", { type: "checkbox" })}
        />
      </Stack>
    </Section>
  );
}

const URL_LENGTH = 500;

/** Emails: their language, their limit per day, and the help page that they link to. */
export function EmailsSection({ form }: SectionProps) {
  const t = texts.settings;
  return (
    <Section title={t.emails}>
      <Stack gap="lg">
        <LanguageSelect label={t.language} description={t.languageHint} {...form.getInputProps("locale")} />
        <TextInput
          label={t.limit}
          description={t.limitHint}
          inputMode="numeric"
          autoComplete="off"
          className={classes.number}
          {...form.getInputProps("daily_mail_limit")}
        />
        <TextInput
          label={t.helpPage}
          description={t.helpPageHint}
          type="text"
          inputMode="url"
          autoCapitalize="none"
          spellCheck={false}
          autoComplete="off"
          maxLength={URL_LENGTH}
          {...form.getInputProps("help_url")}
        />
      </Stack>
    </Section>
  );
}

/** The permissions that every new user gets. */
export function NewUsersSection({ form }: SectionProps) {
  const t = texts.settings;
  const { may } = useAccountContext();
  return (
    <Section title={t.newUsers}>
      <PermissionsField
        label={t.globalPermissions}
        description={t.globalPermissionsHint}
        canChange={may}
        {...form.getInputProps("global_permissions")}
      />
    </Section>
  );
}
