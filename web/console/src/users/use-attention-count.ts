import { LARGEST_PAGE, useUsers } from "../api/queries.ts";
import type { Account } from "../api/types.ts";
import { ONLY, defaultView } from "./view.ts";

/**
 * Returns how many pending invitations need attention; undefined until it is known, and where counting them would take
 * more than one request.
 */
export function useAttentionCount(
  accountId: string,
  { invited = 0, expired = 0 }: Account["counts"],
): number | undefined {
  const pending = invited + expired;
  const view = { ...defaultView(), status: [...ONLY.attention], only: "attention" as const };
  const { data } = useUsers(accountId, view, { enabled: pending > 0 && pending <= LARGEST_PAGE });
  return pending ? data?.pages[0]?.data.length : 0;
}
