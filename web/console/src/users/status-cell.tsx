import { Badge, Group, Text } from "@mantine/core";
import { fill } from "#shared/texts.ts";
import { canResend } from "../actions/can-resend.ts";
import { ResendButton } from "../actions/resend-button.tsx";
import type { Status, User } from "../api/types.ts";
import { plural, texts } from "../texts/index.ts";
import { isDeliveryFailure } from "./delivery.ts";
import { formatDate, formatFullDateTime, formatRelative, isPast } from "./dates.ts";
import { StatusBadge } from "./status-badge.tsx";
import classes from "./users.module.css";

/** Status, expiry, failed delivery, end of access, records that wait, and *Resend* if it is allowed. */
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
      <EndOfAccess user={user} />
      {user.records_waiting > 0 && (
        <Badge size="sm" variant="default" mt={4}>
          {plural(texts.records.badge, user.records_waiting)}
        </Badge>
      )}
    </div>
  );
}

const WITHOUT_END: Status[] = ["declined", "removed"];

/** When access ends, or has ended; nothing for access without an end. */
export function EndOfAccess({ user: { access_until, status } }: { user: User }) {
  if (!access_until || WITHOUT_END.includes(status)) return null;
  const text = isPast(access_until) ? texts.status.accessEnded : texts.status.accessEnds;
  return (
    <Text size="xs" c="dimmed" mt={2} title={formatFullDateTime(access_until)}>
      {fill(text, { date: formatDate(access_until) })}
    </Text>
  );
}
