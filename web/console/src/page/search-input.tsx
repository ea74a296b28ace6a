import { CloseButton, TextInput, type TextInputProps } from "@mantine/core";
import { useMergedRef } from "@mantine/hooks";
import { type Ref, useRef } from "react";
import { texts } from "../texts/index.ts";
import { Icon } from "./icons.tsx";

interface SearchInputProps extends Omit<TextInputProps, "value" | "onChange"> {
  value: string;
  onChange: (value: string) => void;
  ref?: Ref<HTMLInputElement>;
}

/** A field for what is searched for, with a button that clears it and leads back to the field. */
export function SearchInput({ value, onChange, ref, ...input }: SearchInputProps) {
  const field = useRef<HTMLInputElement>(null);
  const merged = useMergedRef(ref, field);
  return (
    <TextInput
      {...input}
      ref={merged}
      leftSection={<Icon name="search" />}
      rightSection={
        value && (
          <CloseButton
            aria-label={texts.common.clear}
            size="sm"
            onClick={() => {
              onChange("");
              field.current?.focus();
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
}
