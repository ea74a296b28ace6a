import { Anchor } from "@mantine/core";
import { leftList } from "./address.ts";
import { Icon } from "./icons.tsx";
import { PageLink } from "./page-link.tsx";
import classes from "./back-link.module.css";

/** To the list of users, filtered as it was. */
export function BackLink({ accountId }: { accountId: string }) {
  return (
    <Anchor component={PageLink} href={leftList(accountId)} className={classes.back} size="sm" fw={600}>
      <Icon name="back" size={16} />
      Users
    </Anchor>
  );
}
