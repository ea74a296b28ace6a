import { Avatar, FileInput, Group } from "@mantine/core";
import { useEffect, useState } from "react";
import { LOGO_TYPES } from "./logo-rules.ts";
import { readPreview } from "./logo.ts";
import type { useProfileForm } from "./profile-form.ts";
import type { Texts } from "./texts/index.ts";

/** File input for the logo, with a preview once the file could be decoded. */
export function LogoField({ form, texts }: { form: ReturnType<typeof useProfileForm>; texts: Texts["logo"] }) {
  const { logo } = form.getValues();
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
        if (isCurrent) setFieldError("logo", texts.unreadable);
      },
    );
    return () => {
      isCurrent = false;
    };
    // The form's functions are new in every render: they are no dependencies.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [logo]);

  const url = preview?.file === logo ? preview.url : null;
  return (
    <Group align="flex-start" wrap="nowrap">
      <Avatar src={url} alt={url ? texts.shown : ""} size={72} radius="md" color="accent" aria-hidden={!url} />
      <FileInput
        label={texts.label}
        description={texts.description}
        placeholder={texts.choose}
        accept={LOGO_TYPES.join(",")}
        clearable
        clearButtonProps={{ "aria-label": texts.remove }}
        styles={{ placeholder: { color: "var(--mantine-color-dimmed)" } }}
        flex={1}
        miw={0}
        {...form.getInputProps("logo")}
      />
    </Group>
  );
}
