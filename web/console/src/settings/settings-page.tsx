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
              <Radio.Group label="Names required" {...form.getInputProps("invite_profile")}>
                <Stack gap="xs" mt="xs">
                  <Radio value="full" label="First and last name" />
                  <Radio value="simple" label="First name only" description="The last name is optional." />
                </Stack>
              </Radio.Group>
              <NativeSelect
                label="Default group"
                description="Used when no group is chosen."
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
                description="A copied link is shared by hand. Unlike the emailed one, it does not prove who owns the email address."
                {...form.getInputProps("allow_link_copy", { type: "checkbox" })}
              />
            </Stack>
          </Section>
          <Section title="Emails">
            <Stack gap="lg">
              <NativeSelect
                label="Language"
                description="Language of emails, unless an invitation has its own."
                data={LANGUAGES}
                {...form.getInputProps("locale")}
              />
              <TextInput
                label="Invitation emails per day"
                description="Daily limit (resets at 00:00 UTC). 0 turns inviting off."
                inputMode="numeric"
                autoComplete="off"
                className={classes.number}
                {...form.getInputProps("daily_mail_limit")}
              />
              <TextInput
                label="Help page"
                description="Linked in every email. Must start with https://"
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
              Discard changes
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
