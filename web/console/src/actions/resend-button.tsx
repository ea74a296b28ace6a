import { Button, type ButtonProps } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { resend, useUserMutation } from "../api/mutations.ts";
import { messageFor } from "../api/error-messages.ts";
import type { User } from "../api/types.ts";
import { fullName } from "../users/full-name.ts";

/** Sends a new invitation without confirmation: it only replaces earlier links. */
export function ResendButton({ user, ...button }: { user: User } & ButtonProps) {
  const [keyOf] = useState(idempotencyKeys);
  const name = fullName(user);
  const notificationId = `resend ${user.user_id}`;
  const resending = useUserMutation(user, {
    send: () => resend(user, keyOf(user.version)),
    onSuccess: ({ email }) => {
      notifications.hide(notificationId);
      notifications.show({ message: `New invitation sent to ${email}. Earlier links no longer work.` });
    },
    onError: (error) => {
      notifications.hide(notificationId);
      notifications.show({
        id: notificationId,
        color: "red",
        title: `No email was sent to ${name}`,
        message: messageFor(error),
        autoClose: false,
      });
    },
  });
  return (
    <Button
      size="compact-sm"
      variant="default"
      {...button}
      aria-label={`Resend the invitation of ${name}`}
      loading={resending.isPending}
      onClick={() => {
        resending.mutate();
      }}
    >
      Resend
    </Button>
  );
}
