import { TextInput, type TextInputProps } from "@mantine/core";

/**
 * Field for an email address. It is no `type="email"`: Chromium rewrites the domains of such fields by IDNA 2003
 * ("straße" to "strasse") before any script sees them, so that an invitation would go elsewhere.
 */
export function EmailInput(props: TextInputProps) {
  return (
    <TextInput type="text" inputMode="email" autoCapitalize="none" autoCorrect="off" spellCheck={false} {...props} />
  );
}
