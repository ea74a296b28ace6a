import { Avatar, Button, FileInput, Group, Stack } from "@mantine/core";
import { useEffect, useState } from "react";
import { Icon } from "../page/icons.tsx";
import { LOGO_TYPES } from "./logo-rules.ts";
import { readPreview } from "./logo.ts";
import { texts } from "../texts/index.ts";
import type { ProfileForm } from "./profile-form.ts";

/** File input for the logo, with a preview once the file could be decoded; until then the `saved` one. */
export function LogoField({ form, saved }: { form: ProfileForm; saved: string | null }) {
  const t = texts.profile;
  const { logo, removesLogo } = form.getValues();
  const [preview, setPreview] = useState<{ file: File; url: string }>();
  const { setFieldError, validateField } = form;

  useEffect(() => {
    if (!logo || validateField("logo").hasError) return;
    let isCurrent = true;
    readPreview(logo).then(
      (url) => {
        if (isCurrent) setPreview({ file: logo, url });
      },
      () => {
        if (isCurrent) setFieldError("logo", texts.profile.unreadable);
      },
    );
    return () => {
      isCurrent = false;
    };
    // The form's functions are new in every render: they are no dependencies.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [logo]);

  const url = logo ? (preview?.file === logo ? preview.url : null) : removesLogo ? null : saved;
  return (
    <Group align="flex-start" wrap="nowrap">
      <Avatar src={url} alt={url ? t.logoShown : ""} size={72} radius="md" color="accent" aria-hidden={!url}>
        <Icon name="picture" size={32} />
      </Avatar>
      <Stack gap="xs" align="flex-start" flex={1} miw={0}>
        <FileInput
          label={t.logo}
          description={t.logoHint}
          placeholder={t.logoChoose}
          accept={LOGO_TYPES.join(",")}
          clearable
          clearButtonProps={{ "aria-label": t.logoRemove }}
          styles={{ placeholder: { color: "var(--mantine-color-dimmed)" } }}
          w="100%"
          {...form.getInputProps("logo")}
        />
        {saved && !logo && !removesLogo && (
          <Button
            variant="default"
            size="compact-md"
            onClick={() => {
              form.setFieldValue("removesLogo", true);
            }}
          >
            {t.logoRemove}
          </Button>
        )}
      </Stack>
    </Group>
  );
}
