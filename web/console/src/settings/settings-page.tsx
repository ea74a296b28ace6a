import { NativeSelect, Radio, Stack, Switch, TextInput } from "@mantine/core";
import "@mantine/core/styles/Radio.layer.css";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAccountContext } from "../account/account-context.ts";
import { changeSettings } from "../api/mutations.ts";
import { useGroups } from "../api/queries.ts";
import { queryKeys } from "../api/query-keys.ts";
import type { Account, Settings } from "../api/types.ts";
import { FormPage } from "../page/form-page.tsx";
import { LanguageSelect } from "../page/language-select.tsx";
import { NoPermissionPage } from "../page/notice.tsx";
import { Section } from "../page/section.tsx";
import { useApiForm } from "../page/use-api-form.ts";
import { PermissionsField } from "../permissions/permissions-field.tsx";
import { texts } from "../texts/index.ts";
import { FIELD_OF_PATH, toPatch, useSettingsForm, toValues } from "./settings-form.ts";
import classes from "./settings-page.module.css";

/** The settings, or a notice for those who may not change them. */
export function SettingsRoute() {
  const { account, isAdmin } = useAccountContext();
  if (!isAdmin) return <NoPermissionPage title={texts.settings.title} text={texts.notice.adminsOnly} />;
  return <SettingsPage account={account} />;
}

const URL_LENGTH = 500;

/** The account's settings, for administrators. */
export function SettingsPage({ account }: { account: Account }) {
  const t = texts.settings;
  const { account_id } = account;
  const { may } = useAccountContext();
  const [seen, setSeen] = useState(account.settings);
  const client = useQueryClient();
  const form = useSettingsForm(seen);
  const apiForm = useApiForm(form, { fieldOfPath: FIELD_OF_PATH });
  const groups = useGroups(account_id);
  const saving = useMutation({
    mutationFn: (changes: Partial<Settings>) => changeSettings(account_id, changes),
    onSuccess: (after) => {
      client.setQueryData(queryKeys.account(account_id), after);
      void client.invalidateQueries({ queryKey: queryKeys.journal(account_id) });
      setSeen(after.settings);
      form.setInitialValues(toValues(after.settings));
      form.reset();
      notifications.show({ message: t.done });
    },
    onError: apiForm.showError,
  });

  return (
    <FormPage
      title={t.title}
      tab={`${t.title} · ${account.name}`}
      form={form}
      apiForm={apiForm}
      onSave={(values) => {
        const changes = toPatch(seen, values);
        if (Object.keys(changes).length) saving.mutate(changes);
        else form.reset();
      }}
      save={t.save}
      isSaving={saving.isPending}
    >
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
            error={groups.isError && texts.field.noGroups}
            {...form.getInputProps("default_group")}
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
      <Section title={t.newUsers}>
        <PermissionsField
          label={t.globalPermissions}
          description={t.globalPermissionsHint}
          canChange={may}
          {...form.getInputProps("global_permissions")}
        />
      </Section>
    </FormPage>
  );
}
