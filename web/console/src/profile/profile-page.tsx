import { Button, Container, Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useAccountContext } from "../account/account-context.ts";
import type { Me } from "../api/types.ts";
import { LanguageSelect } from "../page/language-select.tsx";
import { PageTitle } from "../page/page-title.tsx";
import { NAME_LENGTH } from "../page/person-errors.ts";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { Section } from "../page/section.tsx";
import { UnsavedChanges } from "../page/unsaved-changes.tsx";
import { useApiForm } from "../page/use-api-form.ts";
import { texts } from "../texts/index.ts";
import { unicodeEmail } from "../users/unicode-email.ts";
import { ContactFields } from "./contact-fields.tsx";
import { FIELD_OF_PATH, toValues, useProfileForm } from "./profile-form.ts";
import classes from "./profile.module.css";
import { useSaveProfile } from "./use-save-profile.ts";

export function ProfileRoute() {
  const { me } = useAccountContext();
  return <ProfilePage me={me} />;
}

/** Names, language and profile of the person who is signed in; the same in all their accounts. */
export function ProfilePage({ me }: { me: Me }) {
  const t = texts.profile;
  const form = useProfileForm(me);
  const { refusal, showError, onSubmit } = useApiForm(form, { fieldOfPath: FIELD_OF_PATH });
  const saving = useSaveProfile(me, {
    onSaved: (after) => {
      form.setInitialValues(toValues(after));
      form.reset();
      notifications.show({ message: t.saved });
    },
    onError: showError,
  });
  return (
    <Container component="main" size="46rem" className={classes.page}>
      <div className={classes.title}>
        <PageTitle tab={t.title}>{t.title}</PageTitle>
        <Text c="dimmed">{t.pageLead}</Text>
      </div>
      <form
        noValidate
        onSubmit={onSubmit((values) => {
          saving.mutate(values);
        })}
      >
        <Stack>
          <Section title={t.about}>
            <Stack>
              <SimpleGrid cols={{ base: 1, xs: 2 }}>
                <TextInput
                  label={texts.field.firstName}
                  autoComplete="given-name"
                  maxLength={NAME_LENGTH}
                  {...form.getInputProps("first_name")}
                />
                <TextInput
                  label={texts.field.lastName}
                  autoComplete="family-name"
                  maxLength={NAME_LENGTH}
                  {...form.getInputProps("last_name")}
                />
              </SimpleGrid>
              <div>
                <Text size="sm" fw={500}>
                  {texts.field.email}
                </Text>
                <Text size="sm" c="dimmed">
                  {unicodeEmail(me.email)}
                </Text>
              </div>
              <LanguageSelect
                label={texts.field.language}
                description={t.languageHint}
                {...form.getInputProps("locale")}
              />
            </Stack>
          </Section>
          <Section title={t.contact}>
            <Stack>
              <ContactFields form={form} logo={me.profile?.logo_url ?? null} />
            </Stack>
          </Section>
          <RefusalAlert text={refusal} scrollIntoView />
          <Group justify="flex-end">
            <Button variant="default" disabled={!form.isDirty()} onClick={form.reset}>
              {texts.common.discard}
            </Button>
            <Button type="submit" disabled={!form.isDirty()} loading={saving.isPending}>
              {t.save}
            </Button>
          </Group>
        </Stack>
      </form>
      <UnsavedChanges isDirty={form.isDirty()} />
    </Container>
  );
}
