import { Pill, TagsInput, type TagsInputProps } from "@mantine/core";
import "@mantine/core/styles/PillsInput.layer.css";
import "@mantine/core/styles/Pill.layer.css";
import { fill } from "#shared/texts.ts";
import { isEmailAddress, normalizeAddresses } from "../page/email-address.ts";
import { texts } from "../texts/index.ts";
import { unicodeEmail } from "../users/unicode-email.ts";
import classes from "./invite.module.css";

/** Field for several addresses: typed or pasted, separated by commas, semicolons or white space. Marks those that are none. */
export function AddressesInput({ onChange, ...input }: TagsInputProps) {
  return (
    <TagsInput
      splitChars={[",", ";", "\n", "\t"]}
      acceptValueOnBlur
      inputMode="email"
      autoCapitalize="none"
      spellCheck={false}
      {...input}
      onChange={(entries) => onChange?.(normalizeAddresses(entries))}
      renderPill={({ option, onRemove }) => {
        const address = String(option.value);
        return (
          <Pill
            withRemoveButton
            {...(onRemove && { onRemove })}
            removeButtonProps={{ "aria-label": fill(texts.field.remove, { name: address }), "aria-hidden": false }}
            className={isEmailAddress(address) ? "" : (classes.badPill ?? "")}
          >
            {unicodeEmail(address)}
          </Pill>
        );
      }}
    />
  );
}
