import { Button, type ButtonProps } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { resend, useUserChange } from "../api/changes.ts";
import { wordsFor } from "../api/refusals.ts";
import type { User } from "../api/types.ts";
import { nameOf } from "../users/names.ts";

/** A new link goes out with one click: nothing is lost but links that the newest mail replaces. */
export function ResendButton({ user, ...button }: { user: User } & ButtonProps) {
  const [keyOf] = useState(idempotencyKeys);
  const name = nameOf(user);
  const told = `resend ${user.user_id}`;
  const resending = useUserChange(user, {
    make: () => resend(user, keyOf(user.version)),
    onDone: ({ email }) => {
      notifications.hide(told);
      notifications.show({ message: `A new link is on its way to ${email}. Every older link has stopped working.` });
    },
    onRefused: (error) => {
      notifications.hide(told);
      notifications.show({
        id: told,
        color: "red",
        title: `No mail was sent to ${name}`,
        message: wordsFor(error),
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
