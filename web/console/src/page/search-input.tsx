import { CloseButton, TextInput, type TextInputProps } from "@mantine/core";
import { texts } from "../texts/index.ts";
import { Icon } from "./icons.tsx";

interface SearchInputProps extends Omit<TextInputProps, "value" | "onChange"> {
  value: string;
  onChange: (value: string) => void;
}

/** A field for what is searched for, with a button that clears it. */
export const SearchInput = ({ value, onChange, ...input }: SearchInputProps) => (
  <TextInput
    {...input}
    leftSection={<Icon name="search" />}
    rightSection={
      value && (
        <CloseButton
          aria-label={texts.common.clear}
          size="sm"
          onClick={() => {
            onChange("");
          }}
        />
      )
    }
    value={value}
    onChange={({ currentTarget }) => {
      onChange(currentTarget.value);
    }}
  />
);
