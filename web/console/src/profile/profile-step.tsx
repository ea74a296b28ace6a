import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useEffect, useRef } from "react";
import { PRODUCT } from "#shared/brand.ts";
import { fill } from "#shared/texts.ts";
import type { Me } from "../api/types.ts";
import { Brand } from "../page/brand.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { useApiForm } from "../page/use-api-form.ts";
import { skipProfile } from "../session/store.ts";
import { texts } from "../texts/index.ts";
import { ContactFields } from "./contact-fields.tsx";
import { FIELD_OF_PATH, useProfileForm } from "./profile-form.ts";
import classes from "./profile.module.css";
import { useSaveProfile } from "./use-save-profile.ts";

/** The profile form, shown after signing in until it has been saved. */
export default function ProfileStep({ me }: { me: Me }) {
  const t = texts.profile;
  const form = useProfileForm(me);
  const { refusal, showError, onSubmit } = useApiForm(form, { fieldOfPath: FIELD_OF_PATH });
  const heading = useRef<HTMLHeadingElement>(null);
  const saving = useSaveProfile(me, form, {
    onSaved: () => {
      notifications.show({ message: t.saved });
    },
    onError: showError,
  });

  useDocumentTitle(`${t.title} · ${PRODUCT}`);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);

  return (
    <main className={classes.step}>
      <Paper className={classes.card} radius="xl" p={{ base: "lg", sm: 40 }}>
        <Brand />
        <Title ref={heading} order={1} size="h2" mt="xl" tabIndex={-1} style={{ outline: "none" }}>
          {t.setUpTitle}
        </Title>
        <Text c="dimmed" mt={4}>
          {fill(t.lead, { name: me.first_name })}
        </Text>
        <form
          noValidate
          onSubmit={onSubmit((values) => {
            saving.mutate(values);
          })}
        >
          <Stack mt="lg">
            <ContactFields form={form} logo={null} />
            <RefusalAlert text={refusal} scrollIntoView />
            <Group justify="flex-end">
              <Button variant="default" disabled={saving.isPending} onClick={skipProfile}>
                {t.skip}
              </Button>
              <Button type="submit" loading={saving.isPending}>
                {t.save}
              </Button>
            </Group>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}
