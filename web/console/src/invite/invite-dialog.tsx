import { Button, Group, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import type { SeatRequest } from "../api/seats.ts";
import type { User } from "../api/types.ts";
import { Dialog, DialogForm } from "../page/dialog.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { useApiForm } from "../page/use-api-form.ts";
import { RequestDialog } from "../seats/request-dialog.tsx";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { unicodeEmail } from "../users/unicode-email.ts";
import { InviteFields } from "./invite-fields.tsx";
import { FIELD_OF_CODE, FIELD_OF_PATH, type InviteValues, toBody, useInviteForm } from "./invite-form.ts";
import { NoSeat } from "./no-seat.tsx";
import { PartnerFields } from "./partner-fields.tsx";
import { useInvitation } from "./use-invitation.ts";

/** Screens on which a dialog over the page would show two fields. */
const SMALL = "(max-width: 36em)";

interface InviteDialogProps {
  /** Who is invited; a partner takes no seat (rule 6). */
  kind: User["kind"];
  /** What was entered before the dialog was last closed. */
  draft?: InviteValues | undefined;
  /** What is known of someone who is invited again. */
  known?: Partial<InviteValues>;
  /** Whose invitation is revoked, since the address was wrong. */
  replaced?: User;
  /** `unfinished` is what was entered and not sent. */
  onClose: (unfinished?: InviteValues) => void;
}

export default function InviteDialog({ kind, draft, known, replaced, onClose }: InviteDialogProps) {
  const { account } = useAccountContext();
  const small = useMediaQuery(SMALL, undefined, { getInitialValueInEffect: false });
  const form = useInviteForm(account, { kind, ...known }, replaced?.email);
  const { refusal, problem, clear, showError, onSubmit } = useApiForm(form, {
    fieldOfPath: FIELD_OF_PATH,
    fieldOfCode: FIELD_OF_CODE,
    limited: "mails",
  });
  const [opener] = useState(() => document.activeElement);
  const [askingFor, setAskingFor] = useState<SeatRequest["kind"]>();
  const [isDraft, setIsDraft] = useState(draft !== undefined);
  const isPartner = form.getValues().kind === "partner";
  const Fields = isPartner ? PartnerFields : InviteFields;
  // A pending invitation that is revoked frees the seat that this one takes.
  const frees = replaced?.status === "invited";
  const noSeat = problem?.code === "no_seat_available";
  const close = () => {
    onClose(form.isDirty() ? form.getValues() : undefined);
  };

  useEffect(() => {
    if (draft) form.setValues(draft);
    // Only what the dialog was opened with.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const invitation = useInvitation({ replaced, onDone: onClose, onError: showError });
  if (askingFor) {
    return (
      <RequestDialog
        kind={askingFor}
        opener={opener}
        onClose={() => {
          clear();
          setAskingFor(undefined);
        }}
      />
    );
  }

  return (
    <Dialog
      onClose={close}
      opener={opener}
      title={titleOf(replaced, isPartner, account.name)}
      size="lg"
      fullScreen={small}
    >
      <DialogForm
        onSubmit={onSubmit((values) => {
          invitation.mutate(toBody(values));
        })}
        verb={texts.invite.send}
        isPending={invitation.isPending}
        onCancel={() => {
          onClose();
        }}
      >
        {replaced && <Text size="sm">{fill(texts.invite.replaces, { email: unicodeEmail(replaced.email) })}</Text>}
        {isDraft && (
          <Group gap="xs" role="status">
            <Text size="sm">{texts.invite.draft}</Text>
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => {
                form.reset();
                setIsDraft(false);
              }}
            >
              {texts.invite.startOver}
            </Button>
          </Group>
        )}
        {!isPartner && (noSeat || (account.seats.available === 0 && !frees && !refusal)) && (
          <NoSeat isRefused={noSeat} onAsk={setAskingFor} onLeave={close} />
        )}
        <Fields form={form} problem={problem} onLeave={close} />
        <RefusalAlert text={noSeat ? "" : refusal} scrollIntoView />
      </DialogForm>
    </Dialog>
  );
}

function titleOf(replaced: User | undefined, isPartner: boolean, account: string): string {
  if (replaced) return fill(texts.invite.correctTitle, { name: fullName(replaced) });
  return fill(isPartner ? texts.invite.partner.title : texts.invite.title, { account });
}
