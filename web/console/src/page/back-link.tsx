import { Anchor } from "@mantine/core";
import { lastUsersPath } from "./route.ts";
import { Icon } from "./icons.tsx";
import { PageLink } from "./page-link.tsx";
import classes from "./back-link.module.css";

/** Link to the list of users with its last filters. */
export function BackLink({ accountId }: { accountId: string }) {
  return (
    <Anchor component={PageLink} href={lastUsersPath(accountId)} className={classes.back} size="sm" fw={600}>
      <Icon name="back" size={16} />
      Users
    </Anchor>
  );
}
