import { Button, Container, Group, NativeSelect, Radio, Stack, Switch, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { changeSettings } from "../api/mutations.ts";
import { useGroups } from "../api/queries.ts";
import { queryKeys } from "../api/query-keys.ts";
import type { Account, Settings } from "../api/types.ts";
import { BackLink } from "../page/back-link.tsx";
import { PageTitle } from "../page/page-title.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { Section } from "../page/section.tsx";
import { useApiForm } from "../page/use-api-form.ts";
import { FIELD_OF_PATH, toPatch, translateErrors, useSettingsForm, toValues } from "./settings-form.ts";
import classes from "./settings-page.module.css";

const LANGUAGES: { value: Settings["locale"]; label: string }[] = [
  { value: "en", label: "English" },
  { value: "de", label: "Deutsch" },
  { value: "es", label: "Español" },
  { value: "fr", label: "Français" },
];

/** The account's settings, for administrators. */
export default function SettingsPage({ account }: { account: Account }) {
  const { account_id } = account;
  const [seen, setSeen] = useState(account.settings);
  const client = useQueryClient();
  const form = useSettingsForm(seen);
  const { refusal, showError, onSubmit } = useApiForm(form, {
    fieldOfPath: FIELD_OF_PATH,
    translate: translateErrors,
  });
  const groups = useGroups(account_id);
  const saving = useMutation({
    mutationFn: (changes: Partial<Settings>) => changeSettings(account_id, changes),
    onSuccess: (after) => {
      client.setQueryData(queryKeys.account(account_id), after);
      setSeen(after.settings);
      form.setInitialValues(toValues(after.settings));
      form.reset();
      notifications.show({ message: "The settings have been saved." });
    },
    onError: showError,
  });

  return (
    <Container component="main" size="46rem" className={classes.page}>
      <BackLink accountId={account_id} />
      <div className={classes.title}>
        <PageTitle tab={`Settings · ${account.name}`}>Settings</PageTitle>
      </div>
      <form
        noValidate
        onSubmit={onSubmit((values) => {
          const changes = toPatch(seen, values);
          if (Object.keys(changes).length) saving.mutate(changes);
          else form.reset();
        })}
      >
        <Stack>
          <Section title="Inviting">
            <Stack gap="lg">
              <Radio.Group label="What is asked of a new user" {...form.getInputProps("invite_profile")}>
                <Stack gap="xs" mt="xs">
                  <Radio value="full" label="Full" description="First name, last name and e-mail." />
                  <Radio
                    value="simple"
                    label="Simple"
                    description="First name and e-mail; the last name is optional."
                  />
                </Stack>
              </Radio.Group>
              <NativeSelect
                label="Default group"
                description="For whoever is invited without a group."
                error={groups.isError && "The groups could not be loaded."}
                {...form.getInputProps("default_group")}
              >
                <option value="">None: choose one each time</option>
                {groups.data?.data
                  .filter((group) => !group.default)
                  .map(({ group_id, name }) => (
                    <option key={group_id} value={group_id}>
                      {name}
                    </option>
                  ))}
              </NativeSelect>
              <Switch
                label="Administrators may copy links"
                description="A copied link is shared by hand. Unlike the mailed one, it does not prove whose mailbox it is."
                {...form.getInputProps("allow_link_copy", { type: "checkbox" })}
              />
            </Stack>
          </Section>
          <Section title="Mails">
            <Stack gap="lg">
              <NativeSelect
                label="Language"
                description="Of mails to people who were invited without a language of their own."
                data={LANGUAGES}
                {...form.getInputProps("locale")}
              />
              <TextInput
                label="Invitation mails a day"
                description="At most, from midnight to midnight UTC. With 0, nobody can be invited."
                inputMode="numeric"
                autoComplete="off"
                className={classes.number}
                {...form.getInputProps("daily_mail_limit")}
              />
              <TextInput
                label="Help page"
                description="Mails link to it. Optional, and begins with https://"
                type="url"
                autoComplete="off"
                placeholder="https://"
                {...form.getInputProps("help_url")}
              />
            </Stack>
          </Section>
          <RefusalAlert text={refusal} />
          <Group justify="flex-end">
            <Button variant="default" disabled={!form.isDirty()} onClick={form.reset}>
              Undo
            </Button>
            <Button type="submit" disabled={!form.isDirty()} loading={saving.isPending}>
              Save settings
            </Button>
          </Group>
        </Stack>
      </form>
    </Container>
  );
}
