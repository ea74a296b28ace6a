import { Button, type ButtonProps } from "@mantine/core";
import type { User } from "../api/types.ts";
import classes from "./actions.module.css";
import { useResend } from "./use-resend.ts";

/** Sends a new invitation; while that is too soon it counts down, and keeps the focus that it may have. */
export function ResendButton({ user, ...button }: { user: User } & ButtonProps) {
  const { text, label, isWaiting, isPending, send } = useResend(user);
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      {...button}
      aria-label={label}
      aria-disabled={isWaiting}
      className={isWaiting ? (classes.waiting ?? "") : ""}
      loading={isPending}
      onClick={send}
    >
      {text}
    </Button>
  );
}
