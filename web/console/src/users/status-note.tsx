import { Badge, Text } from "@mantine/core";
import { fill } from "#shared/texts.ts";
import type { Status, User } from "../api/types.ts";
import { plural, texts } from "../texts/index.ts";
import { formatDateTime, formatFullDateTime, formatRelative, isPast } from "./dates.ts";
import { type DeliveryFailure, isDeliveryFailure } from "./delivery.ts";
import classes from "./users.module.css";

/** Why the email of a pending invitation did not arrive; undefined if it may have. */
export function failedDelivery({ status, invitation }: User): DeliveryFailure | undefined {
  const isPending = status === "invited" || status === "expired";
  return isPending && invitation && isDeliveryFailure(invitation.delivery) ? invitation.delivery : undefined;
}

/** When a pending invitation expires, or has expired. */
export function Expiry({ user: { status, invitation } }: { user: User }) {
  if (!invitation || (status !== "invited" && status !== "expired")) return null;
  const { expires_at } = invitation;
  return (
    <Text size="xs" c="dimmed" title={formatFullDateTime(expires_at)} component="span" display="block">
      {fill(status === "invited" ? texts.status.expires : texts.status.expiredAgo, {
        when: formatRelative(expires_at),
      })}
    </Text>
  );
}

export function DeliveryFailureNote({ failure }: { failure: DeliveryFailure }) {
  return (
    <Text size="xs" className={classes.deliveryFailure} data-failed component="span" display="block">
      {texts.delivery[failure]}
    </Text>
  );
}

const WITHOUT_END: Status[] = ["declined", "removed"];

/** When access ends, or has ended, with the time: an end at midnight leaves nothing of its day. */
export function EndOfAccess({ user: { access_until, status } }: { user: User }) {
  if (!access_until || WITHOUT_END.includes(status)) return null;
  const text = isPast(access_until) ? texts.status.accessEnded : texts.status.accessEnds;
  return (
    <Text size="xs" c="dimmed" title={formatFullDateTime(access_until)} component="span" display="block">
      {fill(text, { date: formatDateTime(access_until) })}
    </Text>
  );
}

/** How many records of someone who has left wait for another owner. */
export function RecordsWaiting({ user: { records_waiting } }: { user: User }) {
  if (!(records_waiting > 0)) return null;
  return (
    <Badge size="sm" variant="default">
      {plural(texts.records.badge, records_waiting)}
    </Badge>
  );
}
