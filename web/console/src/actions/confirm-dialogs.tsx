import { useState } from "react";
import { type BlockReason, block, deactivate, remove, revoke, unblock } from "../api/mutations.ts";
import type { User } from "../api/types.ts";
import { useHandOver } from "../records/use-hand-over.tsx";
import { texts } from "../texts/index.ts";
import { BlockReasonField } from "./block-reason.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import type { ActionDialogProps } from "./types.ts";

export function RevokeDialog(props: ActionDialogProps) {
  const { revoke: t, consequence } = texts;
  const { kind, status } = props.user;
  const isExpired = status === "expired";
  const freed = isExpired ? consequence.freesSeatMaybe : consequence.freesSeat;
  return (
    <ConfirmDialog
      {...props}
      action="revoke"
      send={revoke}
      consequences={[
        isExpired ? t.noNewLink : t.linksStop,
        ...(kind === "partner" ? [] : [freed]),
        t.notNotified,
        t.again,
      ]}
    />
  );
}

/** Blocks a user for a reason. */
export function BlockDialog(props: ActionDialogProps) {
  const { block: t, consequence } = texts;
  const [reason, setReason] = useState<BlockReason>("security");
  return (
    <ConfirmDialog
      {...props}
      action="block"
      choice={reason}
      send={(user, key) => block(user, reason, key)}
      consequences={[
        consequence.losesAccess,
        props.user.kind === "partner" ? t.keepsAll : t.keepsSeat,
        t.pendingPaused,
        consequence.elsewhere,
      ]}
    >
      <BlockReasonField value={reason} onChange={setReason} />
    </ConfirmDialog>
  );
}

export function DeactivateDialog(props: ActionDialogProps) {
  const { deactivate: t, consequence } = texts;
  const handOver = useHandOver(props.user, { canWait: true });
  return (
    <ConfirmDialog
      {...props}
      action="deactivate"
      choice={handOver.body}
      send={(user, key) => deactivate(user, handOver.body, key)}
      sure={handOver.sure}
      consequences={[
        lostAccess(props.user),
        ...freedSeat(props.user),
        consequence.pendingCancelled,
        t.stays,
        consequence.elsewhere,
      ]}
    >
      {handOver.fields}
    </ConfirmDialog>
  );
}

export function RemoveDialog(props: ActionDialogProps) {
  const { remove: t, consequence } = texts;
  const handOver = useHandOver(props.user, { canWait: false });
  const { body } = handOver;
  const hadAccess = [lostAccess(props.user), ...freedSeat(props.user), consequence.pendingCancelled];
  return (
    <ConfirmDialog
      {...props}
      action="remove"
      choice={body}
      send={(user, key) => remove(user, "hand_over" in body ? {} : body, key)}
      sure={handOver.sure}
      consequences={[
        ...(props.user.status === "inactive"
          ? [props.user.kind === "partner" ? t.noAccessOfPartner : t.noAccess]
          : hadAccess),
        t.leaves,
        t.history,
        consequence.elsewhere,
      ]}
    >
      {handOver.fields}
    </ConfirmDialog>
  );
}

export function UnblockDialog(props: ActionDialogProps) {
  return (
    <ConfirmDialog {...props} action="unblock" danger={false} send={unblock} consequences={[texts.unblock.regains]} />
  );
}

/** A blocked user has lost access already, and gets no email. */
const lostAccess = ({ status }: User): string =>
  status === "blocked" ? texts.consequence.hasNoAccess : texts.consequence.losesAccess;

/** Partners take no seat. */
const freedSeat = ({ kind }: User): string[] => (kind === "partner" ? [] : [texts.consequence.freesSeat]);
