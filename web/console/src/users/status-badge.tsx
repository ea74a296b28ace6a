import { Badge } from "@mantine/core";
import type { Status } from "../api/types.ts";
import { texts } from "../texts/index.ts";
import classes from "./users.module.css";

export function StatusBadge({ status }: { status: Status }) {
  return (
    <Badge className={classes.status} data-status={status} variant="default">
      {texts.status[status]}
    </Badge>
  );
}
