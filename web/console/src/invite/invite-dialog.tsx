import { Button, Group, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { invite } from "../api/mutations.ts";
import { useRefreshAfterChange } from "../api/queries.ts";
import type { SeatRequest } from "../api/seats.ts";
import type { NewUser, User } from "../api/types.ts";
import { Dialog, DialogForm } from "../page/dialog.tsx";
import { TextLink } from "../page/links.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { useApiForm } from "../page/use-api-form.ts";
import { RequestDialog } from "../seats/request-dialog.tsx";
import { texts } from "../texts/index.ts";
import { unicodeEmail } from "../users/unicode-email.ts";
import { InviteFields } from "./invite-fields.tsx";
import { FIELD_OF_CODE, FIELD_OF_PATH, type InviteValues, toBody, useInviteForm } from "./invite-form.ts";
import { NoSeat } from "./no-seat.tsx";
import { PartnerFields } from "./partner-fields.tsx";

/** Screens on which a dialog over the page would show two fields. */
const SMALL = "(max-width: 36em), (max-height: 30em)";

const TOAST_MS = 8_000;

interface InviteDialogProps {
  /** Who is invited; a partner takes no seat (rule 6). */
  kind: User["kind"];
  /** What was entered before the dialog was last closed. */
  draft: InviteValues | undefined;
  /** `unfinished` is what was entered and not sent. */
  onClose: (unfinished?: InviteValues) => void;
}

export default function InviteDialog({ kind, draft, onClose }: InviteDialogProps) {
  const { account, accountId } = useAccountContext();
  const [keyOf] = useState(idempotencyKeys);
  const small = useMediaQuery(SMALL, undefined, { getInitialValueInEffect: false });
  const form = useInviteForm(account, kind);
  const { refusal, problem, clear, showError, onSubmit } = useApiForm(form, {
    fieldOfPath: FIELD_OF_PATH,
    fieldOfCode: FIELD_OF_CODE,
  });
  const [opener] = useState(() => document.activeElement);
  const [askingFor, setAskingFor] = useState<SeatRequest["kind"]>();
  const [isDraft, setIsDraft] = useState(draft !== undefined);
  const refresh = useRefreshAfterChange(accountId);
  const isPartner = form.getValues().kind === "partner";
  const Fields = isPartner ? PartnerFields : InviteFields;
  const noSeat = problem?.code === "no_seat_available";
  const close = () => {
    onClose(form.isDirty() ? form.getValues() : undefined);
  };

  useEffect(() => {
    if (draft) form.setValues(draft);
    // Only what the dialog was opened with.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const invitation = useMutation({
    mutationFn: (body: NewUser) => invite(accountId, body, keyOf(body)),
    onSuccess: (user) => {
      notifications.show({ message: <Invited user={user} />, autoClose: TOAST_MS });
      refresh();
      onClose();
    },
    onError: (error) => {
      showError(error);
      refresh();
    },
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
      onClose={close}
      opener={opener}
      title={fill(isPartner ? texts.invite.partner.title : texts.invite.title, { account: account.name })}
      size="lg"
      fullScreen={small}
    >
      <DialogForm
        onSubmit={onSubmit((values) => {
          invitation.mutate(toBody(values));
        })}
        buttons={
          <>
            <Button
              variant="default"
              onClick={() => {
                onClose();
              }}
            >
              {texts.common.cancel}
            </Button>
            <Button type="submit" loading={invitation.isPending}>
              {texts.invite.send}
            </Button>
          </>
        }
      >
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
        {!isPartner && (noSeat || (account.seats.available === 0 && !refusal)) && (
          <NoSeat isRefused={noSeat} onAsk={setAskingFor} onLeave={close} />
        )}
        <Fields form={form} problem={problem} onLeave={close} />
        <RefusalAlert text={noSeat ? "" : refusal} scrollIntoView />
      </DialogForm>
    </Dialog>
  );
}

/** Says that someone has been invited, and leads to them. */
function Invited({ user: { kind, admin, email, account_id, user_id } }: { user: User }) {
  const t = kind === "partner" ? texts.invite.partner : texts.invite;
  const text = admin ? t.doneAdmin : t.done;
  return (
    <Group gap="sm" justify="space-between">
      <span>{fill(text, { email: unicodeEmail(email) })}</span>
      <TextLink
        to="/$accountId/users/$userId"
        params={{ accountId: account_id, userId: user_id }}
        fw={600}
        size="sm"
        underline="always"
      >
        {texts.common.view}
      </TextLink>
    </Group>
  );
}
