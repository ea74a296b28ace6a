import { List } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { deactivate, remove, revoke, useUserMutation } from "../api/mutations.ts";
import { messageFor } from "../api/error-messages.ts";
import type { User } from "../api/types.ts";
import { fullName } from "../users/full-name.ts";
import { ActionDialog } from "./action-dialog.tsx";
import type { ActionDialogProps } from "./types.ts";

const ELSEWHERE = "Access to other accounts stays as it is.";

interface ConfirmDialogProps extends ActionDialogProps {
  verb: string;
  question: string;
  consequences: string[];
  success: string;
  send: (user: User, key: string) => Promise<User>;
}

/** Asks for confirmation and lists the consequences. */
function ConfirmDialog({ user, onClose, verb, question, consequences, success, send }: ConfirmDialogProps) {
  const [keyOf] = useState(idempotencyKeys);
  const change = useUserMutation(user, {
    send: () => send(user, keyOf(user.user_id)),
    onSuccess: () => {
      notifications.show({ message: success });
      onClose();
    },
  });
  return (
    <ActionDialog
      title={question}
      user={user}
      verb={verb}
      danger
      refusal={change.isError ? messageFor(change.error) : ""}
      isPending={change.isPending}
      onConfirm={() => {
        change.mutate();
      }}
      onClose={onClose}
    >
      <List size="sm" spacing="xs">
        {consequences.map((consequence) => (
          <List.Item key={consequence}>{consequence}</List.Item>
        ))}
      </List>
    </ActionDialog>
  );
}

export function RevokeDialog(props: ActionDialogProps) {
  const { user } = props;
  const { first_name, status } = user;
  return (
    <ConfirmDialog
      {...props}
      verb="Revoke"
      question={`Revoke the invitation of ${fullName(user)}?`}
      send={revoke}
      success={`The invitation of ${fullName(user)} has been revoked.`}
      consequences={[
        status === "expired"
          ? `${first_name} can no longer ask for a new link.`
          : "All links stop working immediately, emailed or copied.",
        status === "expired" ? "Frees the seat, if the invitation still holds one." : "Frees 1 seat.",
        `${first_name} is removed from the list and not notified.`,
        "The same email address can be invited again.",
      ]}
    />
  );
}

export function DeactivateDialog(props: ActionDialogProps) {
  const { user } = props;
  const { first_name } = user;
  return (
    <ConfirmDialog
      {...props}
      verb="Deactivate"
      question={`Deactivate ${fullName(user)}?`}
      send={deactivate}
      success={`${fullName(user)} has been deactivated.`}
      consequences={[
        `${first_name} loses access immediately, on every device, and is notified by email.`,
        "Frees 1 seat.",
        `${first_name}’s pending invitations are cancelled.`,
        `${first_name} stays in the list as inactive and can be reactivated.`,
        ELSEWHERE,
      ]}
    />
  );
}

export function RemoveDialog(props: ActionDialogProps) {
  const { user } = props;
  const { first_name, status } = user;
  const hadAccess = [
    `${first_name} loses access immediately, on every device, and is notified by email.`,
    "Frees 1 seat.",
    `${first_name}’s pending invitations are cancelled.`,
  ];
  return (
    <ConfirmDialog
      {...props}
      verb="Remove"
      question={`Remove ${fullName(user)} from this account?`}
      send={remove}
      success={`${fullName(user)} has been removed.`}
      consequences={[
        ...(status === "inactive" ? [`${first_name} already has no access and no seat.`] : hadAccess),
        `${first_name} leaves the list and can only come back through a new invitation.`,
        `What ${first_name} did stays in the history.`,
        ELSEWHERE,
      ]}
    />
  );
}
