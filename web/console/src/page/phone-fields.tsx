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

export const PHONE_WORDS = en.phone;

interface PhoneFieldsProps {
  code: NativeSelectProps;
  number: TextInputProps;
  locale?: Locale;
  words?: typeof PHONE_WORDS;
}

/** The halves of a telephone, which are valid only as a pair. */
export function PhoneFields({ code, number, locale = "en", words = PHONE_WORDS }: PhoneFieldsProps) {
  const codes = useMemo(() => callingCodes(locale), [locale]);
  return (
    <Fieldset legend={words.legend} variant="unstyled" m={0} p={0} bd={0} styles={{ legend: { fontWeight: 600 } }}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect label={words.code} {...code}>
          <option value="">{words.noCode}</option>
          {codes.map(({ region, code: value, label }) => (
            <option key={region} value={value}>
              {label}
            </option>
          ))}
        </NativeSelect>
        <TextInput label={words.number} type="tel" autoComplete="off" {...number} />
      </SimpleGrid>
    </Fieldset>
  );
}
