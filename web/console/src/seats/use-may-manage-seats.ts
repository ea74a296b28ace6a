import { useAccountContext } from "../account/account-context.ts";
import { useActor } from "../api/queries.ts";

/** Returns true for administrators who are not partners: they see the Seats page and ask for seats (rule 27). */
export function useMayManageSeats(): boolean {
  const { accountId, isAdmin, me } = useAccountContext();
  const ownId = me.accounts.find(({ account_id }) => account_id === accountId)?.user_id;
  const self = useActor(accountId, isAdmin ? ownId : undefined);
  return isAdmin && self.data?.kind !== "partner";
}
