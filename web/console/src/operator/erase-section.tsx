import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Problem } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import { readAddress } from "../page/email-address.ts";
import { EmailInput } from "../page/email-input.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { Section } from "../page/section.tsx";
import { plural, texts } from "../texts/index.ts";
import { unicodeEmail } from "../users/unicode-email.ts";
import { EraseDialog } from "./erase-dialog.tsx";
import { useEmailForm } from "./use-email-form.ts";

/** Erases a person for good, by address. */
export function EraseSection() {
  const t = texts.operator;
  const [erasing, setErasing] = useState<string>();
  const [erased, setErased] = useState<string>();
  const { form, refusal, setRefusal, showError, clear, onSubmit } = useEmailForm();
  const refuse = (error: unknown) => {
    setErasing(undefined);
    setErased(undefined);
    const told = error instanceof Problem ? whyNot(error) : undefined;
    if (told) setRefusal(told);
    else showError(error);
  };
  return (
    <Section title={t.eraseHead}>
      <form
        noValidate
        onSubmit={onSubmit(({ email }) => {
          setErasing(readAddress(email));
        })}
      >
        <Stack maw="28rem">
          <Text size="sm">{t.eraseText}</Text>
          <RefusalAlert text={refusal} scrollIntoView />
          {erased && (
            <Alert role="status" color="accent">
              {fill(t.isErased, { email: unicodeEmail(erased) })}
            </Alert>
          )}
          <EmailInput label={t.eraseAddress} autoComplete="off" {...form.getInputProps("email")} />
          <Group>
            <Button type="submit" color="red.8">
              {t.erase}
            </Button>
          </Group>
        </Stack>
      </form>
      {erasing && (
        <EraseDialog
          email={erasing}
          onErased={() => {
            setErased(erasing);
            setErasing(undefined);
            clear();
            form.reset();
          }}
          onRefused={refuse}
          onClose={() => {
            setErasing(undefined);
          }}
        />
      )}
    </Section>
  );
}

/** Says which accounts need another administrator first, or that nobody knows the address. */
function whyNot({ status, code, accountIds }: Problem): string | undefined {
  if (status === 404) return texts.operator.notKnown;
  if (code !== "last_admin" || accountIds.length === 0) return undefined;
  return plural(texts.operator.lastAdminOf, accountIds.length, { accounts: accountIds.join(", ") });
}
