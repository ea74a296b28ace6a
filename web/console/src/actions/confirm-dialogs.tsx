import { List } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { fill } from "#shared/texts.ts";
import { deactivate, remove, revoke, unblock, useUserMutation } from "../api/mutations.ts";
import { messageFor } from "../api/error-messages.ts";
import type { User } from "../api/types.ts";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { ActionDialog } from "./action-dialog.tsx";
import type { ActionDialogProps } from "./types.ts";

interface ConfirmDialogProps extends ActionDialogProps {
  verb: string;
  /** Texts in which {name} is the full name. */
  title: string;
  done: string;
  /** Texts in which {name} is the first name. */
  consequences: string[];
  danger?: boolean;
  send: (user: User, key: string) => Promise<User>;
}

/** Asks for confirmation and lists the consequences. */
function ConfirmDialog(props: ConfirmDialogProps) {
  const { user, onClose, verb, title, consequences, done, danger = true, send } = props;
  const [keyOf] = useState(idempotencyKeys);
  const name = fullName(user);
  const change = useUserMutation(user, {
    send: () => send(user, keyOf(user.user_id)),
    onSuccess: () => {
      notifications.show({ message: fill(done, { name }) });
      onClose();
    },
  });
  return (
    <ActionDialog
      title={fill(title, { name })}
      user={user}
      verb={verb}
      danger={danger}
      refusal={change.isError ? messageFor(change.error) : ""}
      isPending={change.isPending}
      onConfirm={() => {
        change.mutate();
      }}
      onClose={onClose}
    >
      <List size="sm" spacing="xs">
        {consequences.map((consequence) => (
          <List.Item key={consequence}>{fill(consequence, { name: user.first_name })}</List.Item>
        ))}
      </List>
    </ActionDialog>
  );
}

export function RevokeDialog(props: ActionDialogProps) {
  const { revoke: t, consequence, action } = texts;
  const isExpired = props.user.status === "expired";
  return (
    <ConfirmDialog
      {...props}
      {...t}
      verb={action.revoke}
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

export function DeactivateDialog(props: ActionDialogProps) {
  const { deactivate: t, consequence, action } = texts;
  return (
    <ConfirmDialog
      {...props}
      {...t}
      verb={action.deactivate}
      send={deactivate}
      consequences={[
        consequence.losesAccess,
        ...freedSeat(props.user),
        consequence.pendingCancelled,
        t.stays,
        consequence.elsewhere,
      ]}
    />
  );
}

export function RemoveDialog(props: ActionDialogProps) {
  const { remove: t, consequence, action } = texts;
  const hadAccess = [consequence.losesAccess, ...freedSeat(props.user), consequence.pendingCancelled];
  return (
    <ConfirmDialog
      {...props}
      {...t}
      verb={action.remove}
      send={remove}
      consequences={[
        ...(props.user.status === "inactive" ? [t.noAccess] : hadAccess),
        t.leaves,
        t.history,
        consequence.elsewhere,
      ]}
    />
  );
}

export function UnblockDialog(props: ActionDialogProps) {
  const { unblock: t, action } = texts;
  return (
    <ConfirmDialog {...props} {...t} verb={action.unblock} danger={false} send={unblock} consequences={[t.regains]} />
  );
}

/** Partners take no seat. */
const freedSeat = ({ kind }: User): string[] => (kind === "partner" ? [] : [texts.consequence.freesSeat]);
