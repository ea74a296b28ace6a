import { Avatar, FileInput, Group } from "@mantine/core";
import { useEffect, useState } from "react";
import { LOGO_TYPES } from "./logo-rules.ts";
import { shown } from "./logo.ts";
import type { useProfileForm } from "./profile-form.ts";
import type { Texts } from "./texts/index.ts";

/** A picture to choose, shown as soon as it is found to be one. */
export function LogoField({ form, words }: { form: ReturnType<typeof useProfileForm>; words: Texts["logo"] }) {
  const { logo } = form.getValues();
  const [preview, setPreview] = useState<{ of: File; address: string }>();
  const { setFieldError, validateField } = form;

  useEffect(() => {
    if (!logo || validateField("logo").hasError) return;
    let isCurrent = true;
    shown(logo).then(
      (address) => {
        if (isCurrent) setPreview({ of: logo, address });
      },
      () => {
        if (isCurrent) setFieldError("logo", words.unreadable);
      },
    );
    return () => {
      isCurrent = false;
    };
    // The form's functions are made anew with each rendering.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [logo]);

  const address = preview?.of === logo ? preview.address : null;
  return (
    <Group align="flex-start" wrap="nowrap">
      <Avatar
        src={address}
        alt={address ? words.shown : ""}
        size={72}
        radius="md"
        color="accent"
        aria-hidden={!address}
      />
      <FileInput
        label={words.label}
        description={words.description}
        placeholder={words.choose}
        accept={LOGO_TYPES.join(",")}
        clearable
        clearButtonProps={{ "aria-label": words.remove }}
        styles={{ placeholder: { color: "var(--mantine-color-dimmed)" } }}
        flex={1}
        miw={0}
        {...form.getInputProps("logo")}
      />
    </Group>
  );
}
