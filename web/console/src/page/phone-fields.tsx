import {
  Fieldset,
  NativeSelect,
  type NativeSelectProps,
  SimpleGrid,
  TextInput,
  type TextInputProps,
} from "@mantine/core";
import { callingCodes } from "#shared/phone.ts";

const CODES = callingCodes("en");

export const PHONE_WORDS = {
  codeMissing: "Please choose the country code too.",
  numberMissing: "Please add the number, or choose no code.",
  numberInvalid: "Please use digits only, 4 to 14 of them.",
};

/** The halves of a telephone, which are valid only as a pair. */
export function PhoneFields({ code, number }: { code: NativeSelectProps; number: TextInputProps }) {
  return (
    <Fieldset
      legend="Telephone (optional)"
      variant="unstyled"
      m={0}
      p={0}
      bd={0}
      styles={{ legend: { fontWeight: 600 } }}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect label="Country code" {...code}>
          <option value="">None</option>
          {CODES.map(({ region, code: value, label }) => (
            <option key={region} value={value}>
              {label}
            </option>
          ))}
        </NativeSelect>
        <TextInput label="Phone number" type="tel" autoComplete="off" {...number} />
      </SimpleGrid>
    </Fieldset>
  );
}
