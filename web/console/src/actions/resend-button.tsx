import { Button, type ButtonProps } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { fill } from "#shared/texts.ts";
import { resend, useUserMutation } from "../api/mutations.ts";
import { messageFor } from "../api/error-messages.ts";
import type { User } from "../api/types.ts";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { unicodeEmail } from "../users/unicode-email.ts";

const TOAST_MS = 8_000;

/** Sends a new invitation without confirmation: it only replaces earlier links. */
export function ResendButton({ user, ...button }: { user: User } & ButtonProps) {
  const [keyOf] = useState(idempotencyKeys);
  const name = fullName(user);
  const id = `resend ${user.user_id}`;
  const resending = useUserMutation(user, {
    send: () => resend(user, keyOf(user.version)),
    onSuccess: ({ email }) => {
      notifications.hide(id);
      notifications.show({ id: `${id} done`, message: fill(texts.resend.done, { email: unicodeEmail(email) }) });
    },
    onError: (error) => {
      // One toast for each user: what it said before is no longer true.
      notifications.hide(id);
      notifications.hide(`${id} done`);
      notifications.show({
        id,
        color: "red",
        title: fill(texts.resend.failed, { name }),
        message: messageFor(error),
        autoClose: TOAST_MS,
      });
    },
  });
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      {...button}
      aria-label={fill(texts.resend.label, { name })}
      loading={resending.isPending}
      onClick={() => {
        resending.mutate();
      }}
    >
      {texts.action.resend}
    </Button>
  );
}
