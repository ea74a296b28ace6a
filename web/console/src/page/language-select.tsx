import { NativeSelect, type NativeSelectProps } from "@mantine/core";
import { LANGUAGES } from "#shared/texts.ts";

/** Choice of a language; each by its own name. */
export function LanguageSelect({ unchanged, ...select }: NativeSelectProps & { unchanged?: string }) {
  return (
    <NativeSelect {...select}>
      {unchanged !== undefined && <option value="">{unchanged}</option>}
      {Object.entries(LANGUAGES).map(([value, name]) => (
        <option key={value} value={value} lang={value}>
          {name}
        </option>
      ))}
    </NativeSelect>
  );
}
