import { List } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type ReactNode, useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { fill } from "#shared/texts.ts";
import { useUserMutation } from "../api/mutations.ts";
import type { User } from "../api/types.ts";
import { messageFor } from "../api/error-messages.ts";
import { refusalOfTarget } from "../records/refusals.ts";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { ActionDialog } from "./action-dialog.tsx";
import type { ActionDialogProps } from "./types.ts";

interface ConfirmDialogProps extends ActionDialogProps {
  action: "revoke" | "block" | "unblock" | "deactivate" | "remove";
  /** Texts in which {name} is the first name. */
  consequences: string[];
  danger?: boolean;
  /** What is chosen in the dialog; another choice gets another idempotency key. */
  choice?: unknown;
  send: (user: User, key: string) => Promise<User>;
  /** What is asked before it is confirmed for good. */
  sure?: ReactNode;
  /** Fields below the consequences. */
  children?: ReactNode;
}

/** Asks for confirmation and lists the consequences. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { user, onClose, action, consequences, danger = true, choice = "", send, sure, children } = props;
  const { title, done } = texts[action];
  const refusal = action === "deactivate" || action === "remove" ? refusalOfTarget : messageFor;
  const [keyOf] = useState(idempotencyKeys);
  const name = fullName(user);
  const change = useUserMutation(user, {
    send: () => send(user, keyOf(choice)),
    onSuccess: () => {
      notifications.show({ message: fill(done, { name }) });
      onClose();
    },
  });
  return (
    <ActionDialog
      title={fill(title, { name })}
      user={user}
      verb={texts.action[action]}
      danger={danger}
      refusal={change.isError ? refusal(change.error) : ""}
      isPending={change.isPending}
      sure={sure}
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
      {children}
    </ActionDialog>
  );
}
