import { TextInput } from "@mantine/core";
import type { ComponentProps } from "react";
import { texts } from "../texts/index.ts";
import { NAME_LENGTH } from "./person-errors.ts";

interface NameInputsProps {
  firstName: ComponentProps<typeof TextInput>;
  lastName: ComponentProps<typeof TextInput>;
}

/** First and last name of someone else, where a dialog begins; each takes what the form says of its field. */
export function NameInputs({ firstName, lastName }: NameInputsProps) {
  return (
    <>
      <TextInput
        label={texts.field.firstName}
        autoComplete="off"
        maxLength={NAME_LENGTH}
        data-autofocus
        {...firstName}
      />
      <TextInput label={texts.field.lastName} autoComplete="off" maxLength={NAME_LENGTH} {...lastName} />
    </>
  );
}
