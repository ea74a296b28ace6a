import { Button, Group, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { fill } from "#shared/texts.ts";
import { type Partner, fetchPartner } from "../api/operator.ts";
import { readAddress } from "../page/email-address.ts";
import { EmailInput } from "../page/email-input.tsx";
import { Fact, Facts } from "../page/facts.tsx";
import { Page } from "../page/page.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { Section } from "../page/section.tsx";
import { useOpened } from "../page/use-opened.ts";
import { partnerTypeLabel } from "../permissions/partner-types.ts";
import { texts } from "../texts/index.ts";
import { formatDate } from "../users/dates.ts";
import { fullName } from "../users/full-name.ts";
import { unicodeEmail } from "../users/unicode-email.ts";
import { UserBadges } from "../users/user-identity.tsx";
import { CertifyDialog } from "./certify-dialog.tsx";
import { useEmailForm } from "./use-email-form.ts";
import { WithdrawDialog } from "./withdraw-dialog.tsx";

interface Found {
  email: string;
  /** Null for an address that is not certified. */
  partner: Partner | null;
}

/** The registry of certified partners: an address is looked up, certified, edited or withdrawn (rule 6). */
export function PartnersPage() {
  const t = texts.operator.partner;
  const [found, setFound] = useState<Found>();
  const { form, refusal, showError, onSubmit } = useEmailForm();
  const lookup = useMutation({
    mutationFn: async (email: string) => ({ email, partner: await fetchPartner(email) }),
    onSuccess: setFound,
    onError: (error) => {
      setFound(undefined);
      showError(error);
    },
  });
  const { partners } = texts.operator.nav;
  return (
    <Page title={partners} tab={`${partners} · ${texts.operator.title}`} lead={t.lead} size="60rem">
      <Stack>
        <Section title={t.find}>
          <form
            noValidate
            onSubmit={onSubmit(({ email }) => {
              lookup.mutate(readAddress(email));
            })}
          >
            <Stack maw="28rem">
              <RefusalAlert text={refusal} scrollIntoView />
              <EmailInput label={texts.field.email} autoComplete="off" {...form.getInputProps("email")} />
              <Group>
                <Button type="submit" loading={lookup.isPending}>
                  {t.findNow}
                </Button>
              </Group>
            </Stack>
          </form>
        </Section>
        <div role="status">
          {found && (
            <Entry
              key={found.email}
              {...found}
              onChange={(partner) => {
                setFound({ ...found, partner });
              }}
            />
          )}
        </div>
      </Stack>
    </Page>
  );
}

/** What the registry has about an address, and what can be done. */
function Entry({ email, partner, onChange }: Found & { onChange: (partner: Partner | null) => void }) {
  const t = texts.operator.partner;
  const { opened: doing, open, close } = useOpened<"certify" | "withdraw">();
  const certify = () => {
    open("certify");
  };
  return (
    <>
      {partner ? (
        <Section title={fullName(partner)}>
          <Stack>
            <Group gap="xs">
              <UserBadges user={{ kind: "partner", admin: false, partner_type: partner.partner_type }} />
              <span>{partnerTypeLabel(partner.partner_type)}</span>
            </Group>
            <Facts>
              <Fact title={texts.field.email}>{unicodeEmail(partner.email)}</Fact>
              <Fact title={t.since}>
                <time dateTime={partner.certified_at}>{formatDate(partner.certified_at)}</time>
              </Fact>
            </Facts>
            <Group gap="sm">
              <Button variant="default" onClick={certify}>
                {t.edit}
              </Button>
              <Button
                variant="default"
                onClick={() => {
                  open("withdraw");
                }}
              >
                {t.withdraw}
              </Button>
            </Group>
          </Stack>
        </Section>
      ) : (
        <Section title={fill(t.notCertified, { email: unicodeEmail(email) })}>
          <Button onClick={certify}>{t.certify}</Button>
        </Section>
      )}
      {doing === "certify" && <CertifyDialog email={email} partner={partner} onDone={onChange} onClose={close} />}
      {doing === "withdraw" && partner && <WithdrawDialog partner={partner} onDone={onChange} onClose={close} />}
    </>
  );
}
