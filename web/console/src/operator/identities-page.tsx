import { Alert, Button, Group, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { Problem } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import { type IdentityStatus, unblockIdentity } from "../api/operator.ts";
import { readAddress } from "../page/email-address.ts";
import { EmailInput } from "../page/email-input.tsx";
import { Page } from "../page/page.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { Section } from "../page/section.tsx";
import { useOpened } from "../page/use-opened.ts";
import { texts } from "../texts/index.ts";
import { unicodeEmail } from "../users/unicode-email.ts";
import { BlockIdDialog } from "./block-id-dialog.tsx";
import { EraseSection } from "./erase-section.tsx";
import { RecoverySection } from "./recovery-section.tsx";
import { useEmailForm } from "./use-email-form.ts";

/** Helps someone who cannot sign in, blocks a person's ID in every account, unblocks it, or erases the person. */
export function IdentitiesPage() {
  const t = texts.operator;
  const [keyOf, renewKeys] = useState(idempotencyKeys);
  const { opened: blocked, open: askToBlock, close } = useOpened<string>();
  const [done, setDone] = useState<IdentityStatus>();
  const { form, refusal, setRefusal, showError, clear, onSubmit } = useEmailForm();
  const refuse = (error: unknown) => {
    setDone(undefined);
    if (error instanceof Problem && error.status === 404) setRefusal(t.noId);
    else showError(error);
  };
  const show = (status: IdentityStatus) => {
    // The next request gets a new idempotency key, even if it is the same again.
    renewKeys(idempotencyKeys);
    clear();
    setDone(status);
  };
  const unblocking = useMutation({
    mutationFn: (email: string) => unblockIdentity(email, keyOf(email)),
    onSuccess: show,
    onError: refuse,
  });
  return (
    <Page title={t.nav.ids} tab={`${t.nav.ids} · ${t.title}`} lead={t.idsLead} size="60rem">
      <Stack>
        <RecoverySection />
        <Section title={t.idTitle}>
          <form
            noValidate
            onSubmit={onSubmit(({ email }) => {
              askToBlock(readAddress(email));
            })}
          >
            <Stack maw="28rem">
              <RefusalAlert text={refusal} scrollIntoView />
              {done && (
                <Alert role="status" color={done.status === "blocked" ? "orange" : "accent"}>
                  {fill(done.status === "blocked" ? t.isBlocked : t.isActive, { email: unicodeEmail(done.email) })}
                </Alert>
              )}
              <EmailInput label={texts.field.email} autoComplete="off" {...form.getInputProps("email")} />
              <Group gap="sm">
                <Button type="submit" color="red.8">
                  {t.block}
                </Button>
                <Button
                  variant="default"
                  loading={unblocking.isPending}
                  onClick={() => {
                    onSubmit(({ email }) => {
                      unblocking.mutate(readAddress(email));
                    })();
                  }}
                >
                  {t.unblock}
                </Button>
              </Group>
            </Stack>
          </form>
        </Section>
        <EraseSection />
      </Stack>
      {blocked && (
        <BlockIdDialog
          email={blocked}
          onBlocked={(status) => {
            close();
            show(status);
          }}
          onRefused={(error) => {
            close();
            refuse(error);
          }}
          onClose={close}
        />
      )}
    </Page>
  );
}
