import {
  Fieldset,
  NativeSelect,
  type NativeSelectProps,
  SimpleGrid,
  TextInput,
  type TextInputProps,
} from "@mantine/core";
import { useMemo } from "react";
import { callingCodes } from "#shared/phone.ts";
import type { Locale } from "#shared/texts.ts";
import en from "../profile/texts/en.json";

export const PHONE_TEXTS = en.phone;

interface PhoneFieldsProps {
  code: NativeSelectProps;
  number: TextInputProps;
  locale?: Locale;
  texts?: typeof PHONE_TEXTS;
}

/** Calling code and number of a phone; valid only together. */
export function PhoneFields({ code, number, locale = "en", texts = PHONE_TEXTS }: PhoneFieldsProps) {
  const codes = useMemo(() => callingCodes(locale), [locale]);
  return (
    <Fieldset legend={texts.legend} variant="unstyled" m={0} p={0} bd={0} styles={{ legend: { fontWeight: 600 } }}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect label={texts.code} {...code}>
          <option value="">{texts.noCode}</option>
          {codes.map(({ region, code: value, label }) => (
            <option key={region} value={value}>
              {label}
            </option>
          ))}
        </NativeSelect>
        <TextInput label={texts.number} type="tel" autoComplete="off" {...number} />
      </SimpleGrid>
    </Fieldset>
  );
}
