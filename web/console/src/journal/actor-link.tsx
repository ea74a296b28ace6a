import { useActor } from "../api/queries.ts";
import { TextLink } from "../page/links.tsx";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";

/** A user id has 26 characters; other actors are named by a word. */
const USER_ID = /^[a-z2-7]{26}$/;

/** Name of a user, linked to their page, or of who else acted. The API gives only the id, so the user is read for it. */
export function ActorLink({ accountId, actor }: { accountId: string; actor: string }) {
  const isUser = USER_ID.test(actor);
  const user = useActor(accountId, isUser ? actor : undefined);
  if (actor.startsWith("operator:")) return <span>{texts.user.support}</span>;
  if (actor.startsWith("host")) return <span>{texts.user.host}</span>;
  if (!isUser) return <span>{texts.user.system}</span>;
  if (user.data) {
    return (
      <TextLink to="/$accountId/users/$userId" params={{ accountId, userId: actor }} inherit underline="always">
        {fullName(user.data)}
      </TextLink>
    );
  }
  return <span>{user.isPending ? "…" : texts.user.someone}</span>;
}
