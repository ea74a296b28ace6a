import { LARGEST_PAGE, lagsBehind, useUsers } from "../api/queries.ts";
import type { Account } from "../api/types.ts";
import { ONLY, defaultView } from "./view.ts";

export interface AttentionCount {
  count: number;
  /** Whether pending invitations have not been read that may need attention, too. */
  isMore: boolean;
}

/**
 * Returns how many pending invitations need attention; undefined until it is known, and where counting them would take
 * more than one request, unless the list of them has been read. Of a list that is not read to its end, it is the least.
 */
export function useAttentionCount(
  accountId: string,
  { invited = 0, expired = 0 }: Account["counts"],
): AttentionCount | undefined {
  const pending = invited + expired;
  const view = { ...defaultView(), status: [...ONLY.attention], only: "attention" as const };
  const { data, hasNextPage } = useUsers(accountId, view, { enabled: pending > 0 && pending <= LARGEST_PAGE });
  if (!pending) return { count: 0, isMore: false };
  if (!data) return undefined;
  const count = data.pages.reduce((sum, page) => sum + page.data.length, 0);
  return { count, isMore: hasNextPage || lagsBehind(data.pages) };
}
