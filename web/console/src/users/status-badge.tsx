import { Badge } from "@mantine/core";
import type { Status } from "../api/types.ts";
import classes from "./users.module.css";

export const STATUS_NAMES: Record<Status, string> = {
  invited: "Invited",
  expired: "Expired",
  active: "Active",
  inactive: "Inactive",
  blocked: "Blocked",
  declined: "Declined",
  removed: "Removed",
};

export function StatusBadge({ status }: { status: Status }) {
  return (
    <Badge className={classes.status} data-status={status} variant="default">
      {STATUS_NAMES[status]}
    </Badge>
  );
}
