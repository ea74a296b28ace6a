import { Alert, Button, Group, NativeSelect, Paper, Stack, Text, Textarea, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { use, useEffect, useRef, useState } from "react";
import { Problem } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import { api, bodyOf } from "../api/client.ts";
import type { Me } from "../api/types.ts";
import { Brand } from "../page/brand.tsx";
import { complain, focusFirst } from "../page/forms.ts";
import { PhoneFields } from "../page/phone-fields.tsx";
import { skipProfile } from "../session/store.ts";
import { LogoField } from "./logo-field.tsx";
import { upload } from "./logo.ts";
import {
  FIELD_OF_PATH,
  type ProfileValues,
  SIGNATURE_LIMIT,
  bodyFrom,
  inWords,
  useProfileForm,
} from "./profile-form.ts";
import classes from "./profile-step.module.css";
import { failureIn, textsIn } from "./texts/index.ts";
import { timeIn, timeZones } from "./time-zones.ts";

/** What the first sign-in asks for, and each later one until it has been saved. */
export default function ProfileStep({ me }: { me: Me }) {
  const { locale } = me;
  const client = useQueryClient();
  const texts = use(textsIn(locale));
  const form = useProfileForm(me, texts);
  const [refusal, setRefusal] = useState("");
  const [zones] = useState(() => timeZones(form.getValues().time_zone, texts.regions));
  const uploaded = useRef<{ file: File; id: string }>(undefined);
  const heading = useRef<HTMLHeadingElement>(null);
  const { time_zone, signature } = form.getValues();

  useDocumentTitle(`${texts.document} · Usher`);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);

  /** A picture travels once, however often saving has to be tried. */
  const idOf = async (file: File) => {
    if (uploaded.current?.file !== file) uploaded.current = { file, id: await upload(file) };
    return uploaded.current.id;
  };

  const saving = useMutation({
    mutationFn: async (values: ProfileValues) => {
      const logo = values.logo ? await idOf(values.logo) : undefined;
      return bodyOf(api.PATCH("/v1/me/profile", { body: bodyFrom(values, logo) }));
    },
    onMutate: () => {
      setRefusal("");
    },
    onSuccess: (profile) => {
      notifications.show({ message: texts.saved });
      client.setQueryData(["me"], { ...me, profile });
    },
    onError: (error) => {
      if (error instanceof Problem && error.errors.length) {
        // An upload that was refused is not asked for again.
        uploaded.current = undefined;
        const homeless = complain(form, inWords(error.errors, texts), FIELD_OF_PATH);
        setRefusal([texts.refused.fields, ...homeless].join(" "));
      } else {
        setRefusal(failureIn(texts, error));
      }
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
          onSubmit={form.onSubmit(
            (values) => {
              saving.mutate(values);
            },
            (errors) => {
              focusFirst(form, errors);
            },
          )}
        >
          <Stack mt="lg">
            <PhoneFields
              code={{ autoComplete: "tel-country-code", ...form.getInputProps("country_code") }}
              number={{ autoComplete: "tel-national", ...form.getInputProps("number") }}
              locale={locale}
              words={texts.phone}
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
            <LogoField form={form} words={texts.logo} />
            {refusal && (
              <Alert color="red" role="alert">
                {refusal}
              </Alert>
            )}
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
