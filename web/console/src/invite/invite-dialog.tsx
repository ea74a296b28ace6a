import { Alert, Button, Group, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import type { SeatRequest } from "../api/seats.ts";
import type { User } from "../api/types.ts";
import { Dialog, DialogForm } from "../page/dialog.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { useApiForm } from "../page/use-api-form.ts";
import { useLeftPage } from "../page/use-left-page.ts";
import { RequestDialog } from "../seats/request-dialog.tsx";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { unicodeEmail } from "../users/unicode-email.ts";
import { CarriedPermissions } from "./carried-permissions.tsx";
import { InviteFields } from "./invite-fields.tsx";
import { FIELD_OF_CODE, FIELD_OF_PATH, toBody, useInviteForm } from "./invite-form.ts";
import { useKeptDraft } from "./kept-draft.ts";
import { NoSeat } from "./no-seat.tsx";
import { PartnerFields } from "./partner-fields.tsx";
import { prefill } from "./prefill.ts";
import { freesSeat, useInvitation } from "./use-invitation.ts";

/** Screens on which a dialog over the page would show two fields. */
const SMALL = "(max-width: 36em)";

interface InviteDialogProps {
  /** Who is invited; a partner takes no seat (rule 6). */
  kind: User["kind"];
  /** Who is invited again: what is known of them is filled in, and no draft is kept. */
  before?: User;
  /** The address of `before` was wrong, and their invitation is revoked. */
  isReplaced?: boolean;
  onClose: () => void;
}

export default function InviteDialog({ kind, before, isReplaced = false, onClose }: InviteDialogProps) {
  const context = useAccountContext();
  const { account } = context;
  const small = useMediaQuery(SMALL, undefined, { getInitialValueInEffect: false });
  const replaced = isReplaced ? before : undefined;
  const form = useInviteForm(account, { kind, ...(before && prefill(before, context)) }, replaced?.email);
  const draft = useKeptDraft(form, { isOff: before !== undefined });
  const { refusal, problem, clear, showError, onSubmit } = useApiForm(form, {
    fieldOfPath: FIELD_OF_PATH,
    fieldOfCode: FIELD_OF_CODE,
    limited: "mails",
  });
  const [opener] = useState(() => document.activeElement);
  const [askingFor, setAskingFor] = useState<SeatRequest["kind"]>();
  const isPartner = form.getValues().kind === "partner";
  const Fields = isPartner ? PartnerFields : InviteFields;
  const noSeat = problem?.code === "no_seat_available";
  const end = () => {
    draft.forget();
    onClose();
  };
  const invitation = useInvitation({ replaced, onDone: end, onError: showError });
  const frees = replaced !== undefined && freesSeat(replaced) && !invitation.isRevoked;
  const shownRefusal = noSeat ? "" : refusal;
  const revoked =
    replaced && invitation.isRevoked && fill(texts.invite.isRevoked, { email: unicodeEmail(replaced.email) });
  useLeftPage(() => {
    // The dialog that stands in its place closes, too, and would show this one again.
    if (askingFor) onClose();
  });
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
      onClose={onClose}
      isDirty={before !== undefined && form.isDirty()}
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
        {...(!before && { onCancel: end })}
      >
        {replaced && !revoked && (
          <Text size="sm">{fill(texts.invite.replaces, { email: unicodeEmail(replaced.email) })}</Text>
        )}
        {revoked && !shownRefusal && (
          <Alert color="orange" role="status">
            {revoked}
          </Alert>
        )}
        {draft.isShown && (
          <Group gap="xs" role="status">
            <Text size="sm">{texts.invite.draft}</Text>
            <Button variant="subtle" size="compact-sm" onClick={draft.startOver}>
              {texts.invite.startOver}
            </Button>
          </Group>
        )}
        {!isPartner && (noSeat || (account.seats.available === 0 && !frees && !refusal)) && (
          <NoSeat isRefused={noSeat} onAsk={setAskingFor} />
        )}
        <Fields form={form} problem={problem} />
        {before && <CarriedPermissions before={before} form={form} />}
        <RefusalAlert text={shownRefusal} scrollIntoView>
          {revoked && <Text size="sm">{revoked}</Text>}
        </RefusalAlert>
      </DialogForm>
    </Dialog>
  );
}

function titleOf(replaced: User | undefined, isPartner: boolean, account: string): string {
  if (replaced) return fill(texts.invite.correctTitle, { name: fullName(replaced) });
  return fill(isPartner ? texts.invite.partner.title : texts.invite.title, { account });
}
