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

const ELSEWHERE = "Access to other accounts, if there is any, is untouched.";

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
          : "Every link stops working at once, mailed or copied.",
        status === "expired"
          ? "The seat, if the invitation still holds one, is free again for somebody else."
          : "The seat is free again for somebody else.",
        `${first_name} leaves the list, and is not told by mail.`,
        "The same address can be invited again.",
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
        "Access ends at once, on every device, and a mail says so.",
        "The seat is free again for somebody else.",
        `Invitations that ${first_name} sent and that are still open stop working.`,
        `${first_name} stays in the list as inactive, and can be reactivated.`,
        ELSEWHERE,
      ]}
    />
  );
}

export function RemoveDialog(props: ActionDialogProps) {
  const { user } = props;
  const { first_name, status } = user;
  const hadAccess = [
    "Access ends at once, on every device, and a mail says so.",
    "The seat is free again for somebody else.",
    `Invitations that ${first_name} sent and that are still open stop working.`,
  ];
  return (
    <ConfirmDialog
      {...props}
      verb="Remove"
      question={`Remove ${fullName(user)} from this account?`}
      send={remove}
      success={`${fullName(user)} has been removed.`}
      consequences={[
        ...(status === "inactive" ? [`${first_name} has no access and no seat already; that stays so.`] : hadAccess),
        `${first_name} leaves the list, and cannot be reactivated: only a new invitation leads back.`,
        `What ${first_name} did stays in the history.`,
        ELSEWHERE,
      ]}
    />
  );
}
