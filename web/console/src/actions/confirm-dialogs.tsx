import { useState } from "react";
import { Problem } from "#shared/problem.ts";
import { type BlockReason, type HandOver, block, deactivate, remove, revoke, unblock } from "../api/mutations.ts";
import type { User } from "../api/types.ts";
import { texts } from "../texts/index.ts";
import { BlockReasonField } from "./block-reason.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { HandOverFields } from "./hand-over-fields.tsx";
import type { ActionDialogProps } from "./types.ts";

export function RevokeDialog(props: ActionDialogProps) {
  const { revoke: t, consequence } = texts;
  const isExpired = props.user.status === "expired";
  return (
    <ConfirmDialog
      {...props}
      action="revoke"
      send={revoke}
      consequences={[
        isExpired ? t.noNewLink : t.linksStop,
        isExpired ? consequence.freesSeatMaybe : consequence.freesSeat,
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
      consequences={[consequence.losesAccess, t.keepsSeat, consequence.pendingCancelled, consequence.elsewhere]}
    >
      <BlockReasonField value={reason} onChange={setReason} />
    </ConfirmDialog>
  );
}

export function DeactivateDialog(props: ActionDialogProps) {
  const { deactivate: t, consequence } = texts;
  const [asks, setAsks] = useState(false);
  const [choice, setChoice] = useState<HandOver>({});
  return (
    <ConfirmDialog
      {...props}
      action="deactivate"
      choice={JSON.stringify(choice)}
      send={asking(setAsks, (user, key) => deactivate(user, choice, key))}
      consequences={[
        consequence.losesAccess,
        ...freedSeat(props.user),
        consequence.pendingCancelled,
        t.stays,
        consequence.elsewhere,
      ]}
    >
      {asks && <HandOverFields user={props.user} value={choice} canWait onChange={setChoice} />}
    </ConfirmDialog>
  );
}

export function RemoveDialog(props: ActionDialogProps) {
  const { remove: t, consequence } = texts;
  const [asks, setAsks] = useState(false);
  const [choice, setChoice] = useState<{ reassign_to?: string }>({});
  const hadAccess = [consequence.losesAccess, ...freedSeat(props.user), consequence.pendingCancelled];
  return (
    <ConfirmDialog
      {...props}
      action="remove"
      choice={JSON.stringify(choice)}
      send={asking(setAsks, (user, key) => remove(user, choice, key))}
      consequences={[
        ...(props.user.status === "inactive" ? [t.noAccess] : hadAccess),
        t.leaves,
        t.history,
        consequence.elsewhere,
      ]}
    >
      {asks && (
        <HandOverFields
          user={props.user}
          value={choice}
          canWait={false}
          onChange={(chosen) => {
            setChoice("hand_over" in chosen ? {} : chosen);
          }}
        />
      )}
    </ConfirmDialog>
  );
}

export function UnblockDialog(props: ActionDialogProps) {
  return (
    <ConfirmDialog {...props} action="unblock" danger={false} send={unblock} consequences={[texts.unblock.regains]} />
  );
}

/** Sends, and has the dialog ask for another owner if the user owns records. */
function asking(setAsks: (asks: true) => void, send: (user: User, key: string) => Promise<User>) {
  return async (user: User, key: string): Promise<User> => {
    try {
      return await send(user, key);
    } catch (error) {
      if (error instanceof Problem && error.code === "reassign_target_required") setAsks(true);
      throw error;
    }
  };
}

/** Partners take no seat. */
const freedSeat = ({ kind }: User): string[] => (kind === "partner" ? [] : [texts.consequence.freesSeat]);
