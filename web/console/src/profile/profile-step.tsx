import { Button, Group, NativeSelect, Paper, Stack, Text, Textarea, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { use, useEffect, useRef, useState } from "react";
import { Problem } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import { api, unwrap } from "../api/client.ts";
import { queryKeys } from "../api/query-keys.ts";
import type { Me } from "../api/types.ts";
import { Brand } from "../page/brand.tsx";
import { PhoneFields } from "../page/phone-fields.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { useApiForm } from "../page/use-api-form.ts";
import { skipProfile } from "../session/store.ts";
import { LogoField } from "./logo-field.tsx";
import { upload } from "./logo.ts";
import {
  FIELD_OF_PATH,
  type ProfileValues,
  SIGNATURE_LIMIT,
  toBody,
  translateErrors,
  useProfileForm,
} from "./profile-form.ts";
import classes from "./profile-step.module.css";
import { errorText, loadTexts } from "./texts/index.ts";
import { timeIn, timeZones } from "./time-zones.ts";

/** The profile form, shown after signing in until it has been saved. */
export default function ProfileStep({ me }: { me: Me }) {
  const { locale } = me;
  const client = useQueryClient();
  const texts = use(loadTexts(locale));
  const form = useProfileForm(me, texts);
  const { refusal, showError, onSubmit } = useApiForm(form, {
    fieldOfPath: FIELD_OF_PATH,
    summary: texts.refused.fields,
    translate: (errors) => translateErrors(errors, texts),
    describe: (error) => errorText(texts, error),
  });
  const [zones] = useState(() => timeZones(form.getValues().time_zone, texts.regions));
  const uploaded = useRef<{ file: File; id: string }>(undefined);
  const heading = useRef<HTMLHeadingElement>(null);
  const { time_zone, signature } = form.getValues();

  useDocumentTitle(`${texts.document} · Usher`);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);

  /** Uploads a file once, also if saving is repeated. */
  const uploadOnce = async (file: File) => {
    if (uploaded.current?.file !== file) uploaded.current = { file, id: await upload(file) };
    return uploaded.current.id;
  };

  const saving = useMutation({
    mutationFn: async (values: ProfileValues) => {
      const logo = values.logo ? await uploadOnce(values.logo) : undefined;
      return unwrap(api.PATCH("/v1/me/profile", { body: toBody(values, logo) }));
    },
    onSuccess: (profile) => {
      notifications.show({ message: texts.saved });
      client.setQueryData(queryKeys.me(), { ...me, profile });
    },
    onError: (error) => {
      // The API may have refused the upload: send the file again next time.
      if (error instanceof Problem && error.errors.length) uploaded.current = undefined;
      showError(error);
    },
  });

  return (
    <main className={classes.page} lang={locale}>
      <Paper className={classes.card} radius="xl" p={{ base: "lg", sm: 40 }}>
        <Brand />
        <Title ref={heading} order={1} size="h2" mt="xl" tabIndex={-1} style={{ outline: "none" }}>
          {texts.title}
        </Title>
        <Text c="dimmed" mt={4}>
          {fill(texts.lead, { name: me.first_name })}
        </Text>
        <form
          noValidate
          onSubmit={onSubmit((values) => {
            saving.mutate(values);
          })}
        >
          <Stack mt="lg">
            <PhoneFields
              code={{ autoComplete: "tel-country-code", ...form.getInputProps("country_code") }}
              number={{ autoComplete: "tel-national", ...form.getInputProps("number") }}
              locale={locale}
              texts={texts.phone}
            />
            <NativeSelect
              label={texts.zone.label}
              description={fill(texts.zone.description, { time: timeIn(time_zone, locale) })}
              data={zones}
              {...form.getInputProps("time_zone")}
            />
            <Textarea
              label={texts.signature.label}
              description={fill(texts.signature.description, { left: SIGNATURE_LIMIT - signature.length })}
              maxLength={SIGNATURE_LIMIT}
              autosize
              minRows={3}
              maxRows={8}
              {...form.getInputProps("signature")}
            />
            <LogoField form={form} texts={texts.logo} />
            <RefusalAlert text={refusal} />
            <Group justify="flex-end">
              <Button variant="default" disabled={saving.isPending} onClick={skipProfile}>
                {texts.skip}
              </Button>
              <Button type="submit" loading={saving.isPending}>
                {texts.save}
              </Button>
            </Group>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}
