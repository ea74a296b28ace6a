import { List } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { deactivate, remove, revoke, useUserChange } from "../api/changes.ts";
import { wordsFor } from "../api/refusals.ts";
import type { User } from "../api/types.ts";
import { nameOf } from "../users/names.ts";
import { ActionFrame } from "./action-frame.tsx";
import type { ActionDialogProps } from "./actions.ts";

const ELSEWHERE = "Access to other accounts, if there is any, is untouched.";

interface ConfirmDialogProps extends ActionDialogProps {
  verb: string;
  question: string;
  consequences: string[];
  done: string;
  make: (user: User, key: string) => Promise<User>;
}

/** Asks whether somebody is sure, in words of what will happen. */
function ConfirmDialog({ user, onClose, verb, question, consequences, done, make }: ConfirmDialogProps) {
  const [keyOf] = useState(idempotencyKeys);
  const change = useUserChange(user, {
    make: () => make(user, keyOf(user.user_id)),
    onDone: () => {
      notifications.show({ message: done });
      onClose();
    },
  });
  return (
    <ActionFrame
      title={question}
      user={user}
      verb={verb}
      danger
      refusal={change.isError ? wordsFor(change.error) : ""}
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
    </ActionFrame>
  );
}

export function RevokeDialog(props: ActionDialogProps) {
  const { user } = props;
  const { first_name, status } = user;
  return (
    <ConfirmDialog
      {...props}
      verb="Revoke"
      question={`Revoke the invitation of ${nameOf(user)}?`}
      make={revoke}
      done={`The invitation of ${nameOf(user)} has been revoked.`}
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
      question={`Deactivate ${nameOf(user)}?`}
      make={deactivate}
      done={`${nameOf(user)} has been deactivated.`}
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
      question={`Remove ${nameOf(user)} from this account?`}
      make={remove}
      done={`${nameOf(user)} has been removed.`}
      consequences={[
        ...(status === "inactive" ? [`${first_name} has no access and no seat already; that stays so.`] : hadAccess),
        `${first_name} leaves the list, and cannot be reactivated: only a new invitation leads back.`,
        `What ${first_name} did stays in the history.`,
        ELSEWHERE,
      ]}
    />
  );
}
