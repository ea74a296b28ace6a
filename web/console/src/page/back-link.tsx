import { texts } from "../texts/index.ts";
import { Icon } from "./icons.tsx";
import { TextLink } from "./links.tsx";
import { lastParameters, usersList } from "./list-parameters.ts";
import classes from "./back-link.module.css";

/** Link to the list of users with its last filters. */
export function BackLink({ accountId }: { accountId: string }) {
  return (
    <TextLink
      to="/$accountId/users"
      params={{ accountId }}
      search={lastParameters(usersList(accountId))}
      className={classes.back}
      size="sm"
      fw={600}
    >
      <Icon name="back" size={16} />
      <span>{texts.users.title}</span>
    </TextLink>
  );
}
