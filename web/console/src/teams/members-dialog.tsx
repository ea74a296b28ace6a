import { useAccountContext } from "../account/account-context.ts";
import { Dialog } from "../page/dialog.tsx";
import { TextLink } from "../page/links.tsx";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import classes from "./teams.module.css";
import { useMembers } from "./use-members.ts";

/** Lists everyone who manages a team, or is in it, with links to their pages. */
export function MembersDialog({ title, ids, onClose }: { title: string; ids: string[]; onClose: () => void }) {
  const { accountId } = useAccountContext();
  const { people, isLoading } = useMembers(ids);
  return (
    <Dialog title={title} onClose={onClose}>
      <ul className={classes.members} aria-busy={isLoading}>
        {ids.map((userId) => {
          const user = people.get(userId);
          return (
            <li key={userId}>
              <TextLink to="/$accountId/users/$userId" params={{ accountId, userId }}>
                {user ? fullName(user) : isLoading ? "…" : userId}
              </TextLink>
            </li>
          );
        })}
      </ul>
      {!isLoading && people.size < ids.length && <p role="status">{texts.teams.namesFailed}</p>}
    </Dialog>
  );
}
