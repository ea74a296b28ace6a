import { Group, Text } from "@mantine/core";
import { canResend } from "../actions/actions.ts";
import { ResendButton } from "../actions/resend-button.tsx";
import type { User } from "../api/types.ts";
import { DELIVERY_TEXTS, isDeliveryFailure } from "./delivery.ts";
import { formatFullDateTime, formatRelative } from "./dates.ts";
import { StatusBadge } from "./status-badge.tsx";
import classes from "./users.module.css";

/** Status, expiry, failed delivery, and *Resend* if it is allowed. */
export function StatusCell({ user }: { user: User }) {
  const { status, invitation } = user;
  const isPending = status === "invited" || status === "expired";
  const failedDelivery = isPending && invitation && isDeliveryFailure(invitation.delivery);
  return (
    <div>
      <Group gap="xs" wrap="nowrap">
        <StatusBadge status={status} />
        {canResend(user) && <ResendButton user={user} />}
      </Group>
      {isPending && invitation && (
        <Text size="xs" c="dimmed" mt={2} title={formatFullDateTime(invitation.expires_at)}>
          {status === "invited" ? "expires" : "expired"} {formatRelative(invitation.expires_at)}
        </Text>
      )}
      {failedDelivery && (
        <Text size="xs" className={classes.deliveryFailure} mt={2}>
          {DELIVERY_TEXTS[invitation.delivery]}
        </Text>
      )}
    </div>
  );
}
