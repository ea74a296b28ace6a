import { Badge, Text } from "@mantine/core";
import type { Status, User } from "../api/types.ts";
import { asMoment, fromNow } from "./moments.ts";
import classes from "./users.module.css";

export const STATUS_WORDS: Record<Status, string> = {
  invited: "Invited",
  expired: "Expired",
  active: "Active",
  inactive: "Inactive",
  blocked: "Blocked",
  declined: "Declined",
  removed: "Removed",
};

const DELIVERY_TROUBLE: Record<string, string> = {
  bounced: "The mail came back",
  complained: "The mail was marked as junk",
  failed: "The mail could not be sent",
};

export function StatusBadge({ user: { status, invitation } }: { user: User }) {
  const expiry = invitation && (status === "invited" || status === "expired") ? invitation.expires_at : undefined;
  const trouble = invitation && DELIVERY_TROUBLE[invitation.delivery];
  return (
    <div>
      <Badge className={classes.status} data-status={status} variant="default">
        {STATUS_WORDS[status]}
      </Badge>
      {expiry && (
        <Text size="xs" c="dimmed" mt={2} title={asMoment(expiry)}>
          {status === "invited" ? "expires" : "expired"} {fromNow(expiry)}
        </Text>
      )}
      {trouble && (
        <Text size="xs" className={classes.trouble} mt={2}>
          {trouble}
        </Text>
      )}
    </div>
  );
}
