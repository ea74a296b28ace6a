import { Group, Text } from "@mantine/core";
import { mayResend } from "../actions/actions.ts";
import { ResendButton } from "../actions/resend-button.tsx";
import type { User } from "../api/types.ts";
import { DELIVERY_WORDS, isTrouble } from "./delivery.ts";
import { asFullMoment, fromNow } from "./moments.ts";
import { StatusBadge } from "./status-badge.tsx";
import classes from "./users.module.css";

/** The status, until when the link works, and a new link. */
export function StatusCell({ user }: { user: User }) {
  const { status, invitation } = user;
  const isPending = status === "invited" || status === "expired";
  const trouble = isPending && invitation && isTrouble(invitation.delivery);
  return (
    <div>
      <Group gap="xs" wrap="nowrap">
        <StatusBadge status={status} />
        {mayResend(user) && <ResendButton user={user} />}
      </Group>
      {isPending && invitation && (
        <Text size="xs" c="dimmed" mt={2} title={asFullMoment(invitation.expires_at)}>
          {status === "invited" ? "expires" : "expired"} {fromNow(invitation.expires_at)}
        </Text>
      )}
      {trouble && (
        <Text size="xs" className={classes.trouble} mt={2}>
          {DELIVERY_WORDS[invitation.delivery]}
        </Text>
      )}
    </div>
  );
}
