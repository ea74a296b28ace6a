import { Badge } from "@mantine/core";
import { texts } from "../texts/index.ts";
import classes from "../users/status-badge.module.css";

/** Marks an account that is suspended, as a status of users is marked. */
export const SuspendedBadge = () => (
  <Badge variant="default" className={classes.status} data-status="blocked">
    {texts.operator.suspended}
  </Badge>
);
