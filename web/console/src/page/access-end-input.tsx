import { TextInput, type TextInputProps } from "@mantine/core";
import { fill } from "#shared/texts.ts";
import { texts } from "../texts/index.ts";
import { LATEST_LOCAL, fromLocalInput, localTimeZone } from "./local-moment.ts";

/** The moment at which access ends, in the browser's time zone; empty for access without an end. */
export function AccessEndInput(props: TextInputProps) {
  return (
    <TextInput
      type="datetime-local"
      max={LATEST_LOCAL}
      label={texts.edit.accessEnds}
      description={fill(texts.edit.accessEndsHint, { zone: localTimeZone() })}
      {...props}
    />
  );
}

/**
 * Validates what the field holds, where `input` is its element: while a part of the moment is missing, its value is "".
 * Returns the errors by field.
 */
export function accessEndErrors(value: string, input: HTMLInputElement | null): { access_until?: string } {
  const isMoment = value ? fromLocalInput(value) !== null : !input?.validity.badInput;
  return isMoment ? {} : { access_until: texts.error.access_until };
}
