import { Anchor } from "@mantine/core";
import { useActor } from "../api/queries.ts";
import { userPath } from "../page/route.ts";
import { PageLink } from "../page/page-link.tsx";
import { fullName } from "../users/full-name.ts";

/** Name of the user who acted, linked to their page. The API gives only the id, so the user is read for it. */
export function ActorLink({ accountId, actor }: { accountId: string; actor: string }) {
  const isOperator = actor.startsWith("operator:");
  const isPerson = !isOperator && actor !== "clock";
  const user = useActor(accountId, isPerson ? actor : undefined);
  if (isOperator) return "Usher support";
  if (!isPerson) return "the system";
  if (user.data) {
    return (
      <Anchor component={PageLink} href={userPath(accountId, actor)} inherit underline="always">
        {fullName(user.data)}
      </Anchor>
    );
  }
  return user.isPending ? "…" : "someone";
}
