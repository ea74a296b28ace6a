import { useActor } from "../api/queries.ts";
import { TextLink } from "../page/links.tsx";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { isUserId, nameOfOther } from "./actors.ts";

/** Name of a user, linked to their page, or of who else acted. The API gives only the id, so the user is read for it. */
export function ActorLink({ accountId, actor }: { accountId: string; actor: string }) {
  const isUser = isUserId(actor);
  const user = useActor(accountId, isUser ? actor : undefined);
  if (!isUser) return <span>{nameOfOther(actor)}</span>;
  if (user.data) {
    return (
      <TextLink to="/$accountId/users/$userId" params={{ accountId, userId: actor }} inherit underline="always">
        {fullName(user.data)}
      </TextLink>
    );
  }
  return <span>{user.isPending ? "…" : texts.user.someone}</span>;
}
