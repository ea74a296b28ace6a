import {
  Fieldset,
  NativeSelect,
  type NativeSelectProps,
  SimpleGrid,
  TextInput,
  type TextInputProps,
} from "@mantine/core";
import "@mantine/core/styles/Fieldset.layer.css";
import { useMemo } from "react";
import { callingCodes } from "#shared/phone.ts";
import { currentLocale, texts } from "../texts/index.ts";

interface PhoneFieldsProps {
  region: NativeSelectProps;
  number: TextInputProps;
}

/** Calling code and number of a phone; valid only together. The code is chosen by region: several share one. */
export function PhoneFields({ region, number }: PhoneFieldsProps) {
  const locale = currentLocale();
  const codes = useMemo(() => callingCodes(locale), [locale]);
  return (
    <Fieldset
      legend={texts.phone.legend}
      variant="unstyled"
      m={0}
      p={0}
      bd={0}
      styles={{ legend: { fontWeight: 600 } }}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect label={texts.phone.code} {...region}>
          <option value="">{texts.phone.noCode}</option>
          {codes.map(({ region: value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </NativeSelect>
        <TextInput label={texts.phone.number} type="tel" autoComplete="off" maxLength={40} {...number} />
      </SimpleGrid>
    </Fieldset>
  );
}
