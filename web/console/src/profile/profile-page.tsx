import { Button, Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useAccountContext } from "../account/account-context.ts";
import { useMe } from "../api/queries.ts";
import type { Me } from "../api/types.ts";
import { Brand } from "../page/brand.tsx";
import { FormPage } from "../page/form-page.tsx";
import { Icon } from "../page/icons.tsx";
import { LanguageSelect } from "../page/language-select.tsx";
import { ButtonLink, HelpButton } from "../page/links.tsx";
import { NAME_LENGTH } from "../page/person-errors.ts";
import { Section } from "../page/section.tsx";
import { useApiForm } from "../page/use-api-form.ts";
import { useRestoredFocus } from "../page/use-restored-focus.ts";
import { signOut } from "../session/store.ts";
import { useIsOperator } from "../session/use-is-operator.ts";
import { texts } from "../texts/index.ts";
import { unicodeEmail } from "../users/unicode-email.ts";
import { ContactFields } from "./contact-fields.tsx";
import { SignInSection } from "./sign-in-section.tsx";
import { FIELD_OF_PATH, useProfileForm } from "./profile-form.ts";
import { useSaveProfile } from "./use-save-profile.ts";

/** The profile within an account. */
export function ProfileRoute() {
  const { me } = useAccountContext();
  return <ProfilePage me={me} />;
}

/** The profile outside any account: for operators, and for people who are in none. */
export function OwnProfileRoute() {
  const me = useMe().data;
  const isOperator = useIsOperator();
  useRestoredFocus();
  if (!me) return null;
  return (
    <>
      <Group component="header" justify="space-between" gap="xs" p="md">
        <Brand />
        <Group gap="xs">
          <ButtonLink to="/accounts" variant="subtle" size="compact-md">
            {texts.picker.menu}
          </ButtonLink>
          {isOperator && (
            <ButtonLink to="/operator/accounts" variant="subtle" size="compact-md">
              {texts.operator.open}
            </ButtonLink>
          )}
          <HelpButton size="compact-md" />
          <Button variant="subtle" size="compact-md" leftSection={<Icon name="exit" size={16} />} onClick={signOut}>
            {texts.menu.signOut}
          </Button>
        </Group>
      </Group>
      <ProfilePage me={me} />
    </>
  );
}

/** Names, language and profile of the person who is signed in; the same in all their accounts. */
function ProfilePage({ me }: { me: Me }) {
  const t = texts.profile;
  const form = useProfileForm(me);
  const apiForm = useApiForm(form, { fieldOfPath: FIELD_OF_PATH });
  const saving = useSaveProfile(me, form, {
    onSaved: () => {
      notifications.show({ message: t.saved });
    },
    onError: apiForm.showError,
  });
  return (
    <FormPage
      title={t.title}
      tab={t.title}
      lead={t.pageLead}
      form={form}
      apiForm={apiForm}
      onSave={(values) => {
        saving.mutate(values);
      }}
      save={t.save}
      isSaving={saving.isPending}
      after={<SignInSection me={me} />}
    >
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
            <Text size="sm" fw={600}>
              {texts.field.email}
            </Text>
            <Text size="sm" c="dimmed">
              {unicodeEmail(me.email)}
            </Text>
          </div>
          <LanguageSelect label={texts.field.language} description={t.languageHint} {...form.getInputProps("locale")} />
        </Stack>
      </Section>
      <Section title={t.contact}>
        <Stack>
          <ContactFields form={form} logo={me.profile?.logo_url ?? null} />
        </Stack>
      </Section>
    </FormPage>
  );
}
