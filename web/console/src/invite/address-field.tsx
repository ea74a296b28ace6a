import { Stack } from "@mantine/core";
import type { ReactNode } from "react";
import type { Problem } from "#shared/problem.ts";
import { EMAIL_LENGTH, readAddress } from "../page/email-address.ts";
import { EmailInput } from "../page/email-input.tsx";
import type { InviteForm } from "./invite-form.ts";
import { RefusalCures } from "./refusal-cures.tsx";
import { useTakenAddress } from "./use-taken-address.ts";

interface AddressFieldProps {
  label: string;
  description?: ReactNode;
  form: InviteForm;
  /** Why the last attempt was refused. */
  problem: Problem | undefined;
}

/** Who is invited, with what can be done about an address that is refused. */
export function AddressField({ label, description, form, problem }: AddressFieldProps) {
  const taken = useTakenAddress(form);
  return (
    <Stack gap="xs">
      <EmailInput
        label={label}
        description={description}
        autoComplete="off"
        maxLength={EMAIL_LENGTH}
        data-autofocus
        {...form.getInputProps("email")}
        onBlur={() => {
          const { email: typed } = form.getValues();
          if (readAddress(typed) !== typed) form.setFieldValue("email", readAddress(typed));
          taken.check();
        }}
      />
      <RefusalCures
        problem={problem ?? taken.problem}
        onInviteAsUser={() => {
          form.setFieldValue("kind", "user");
          form.clearFieldError("email");
        }}
      />
    </Stack>
  );
}
