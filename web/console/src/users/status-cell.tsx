import { Group, Text } from "@mantine/core";
import { fill } from "#shared/texts.ts";
import { canResend } from "../actions/can-resend.ts";
import { ResendButton } from "../actions/resend-button.tsx";
import type { User } from "../api/types.ts";
import { texts } from "../texts/index.ts";
import { isDeliveryFailure } from "./delivery.ts";
import { formatFullDateTime, formatRelative } from "./dates.ts";
import { StatusBadge } from "./status-badge.tsx";
import classes from "./users.module.css";

/** Status, expiry, failed delivery, and *Resend* if it is allowed. */
export function StatusCell({ user }: { user: User }) {
  const { status, invitation } = user;
  const isPending = status === "invited" || status === "expired";
  const failedDelivery = isPending && invitation && isDeliveryFailure(invitation.delivery);
  const expiry = status === "invited" ? texts.status.expires : texts.status.expiredAgo;
  return (
    <div>
      <Group gap="xs" wrap="nowrap">
        <StatusBadge status={status} />
        {canResend(user) && <ResendButton user={user} />}
      </Group>
      {isPending && invitation && (
        <Text size="xs" c="dimmed" mt={2} title={formatFullDateTime(invitation.expires_at)}>
          {fill(expiry, { when: formatRelative(invitation.expires_at) })}
        </Text>
      )}
      {failedDelivery && (
        <Text size="xs" className={classes.deliveryFailure} mt={2}>
          {texts.delivery[invitation.delivery]}
        </Text>
      )}
    </div>
  );
}
