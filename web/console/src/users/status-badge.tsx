import { Badge } from "@mantine/core";
import type { Status, User } from "../api/types.ts";
import { texts } from "../texts/index.ts";
import classes from "./status-badge.module.css";

/** Returns the word for a user's status: who is removed without having joined had the invitation revoked. */
export const statusLabel = ({ status, invitation }: Pick<User, "status" | "invitation">): string =>
  status === "removed" && invitation ? texts.status.revoked : texts.status[status];

export function StatusBadge({ status, invitation = null }: { status: Status; invitation?: User["invitation"] }) {
  return (
    <Badge className={classes.status} data-status={status} variant="default">
      {statusLabel({ status, invitation })}
    </Badge>
  );
}
