import { TextInput, type TextInputProps } from "@mantine/core";
import { fill } from "#shared/texts.ts";
import { texts } from "../texts/index.ts";
import { LATEST_LOCAL, localTimeZone } from "./local-moment.ts";

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
