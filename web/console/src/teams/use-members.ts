import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useAccountContext } from "../account/account-context.ts";
import { findUsers, usePeople } from "../api/people.ts";
import { LARGEST_PAGE } from "../api/queries.ts";
import { queryKeys } from "../api/query-keys.ts";

/**
 * Reads the users with these ids: from the pages of the list of users where these are fewer than the ids, else one by
 * one. Returns those that have arrived, by id, and whether others are still to come.
 */
export function useMembers(ids: string[]) {
  const { account, accountId } = useAccountContext();
  const client = useQueryClient();
  const total = Object.values(account.counts).reduce((sum, count) => sum + count, 0);
  const isListed = Math.ceil(total / LARGEST_PAGE) < ids.length;
  const listed = useQuery({
    queryKey: [...queryKeys.everyUser(accountId), "members", ids],
    queryFn: async ({ signal }) => {
      const found = await findUsers(accountId, ids, signal);
      for (const [userId, user] of found) {
        const key = queryKeys.user(accountId, userId);
        if (!client.getQueryData(key)) client.setQueryData(key, user);
      }
      return found.size;
    },
    enabled: isListed,
    retry: false,
  });
  return usePeople(accountId, ids, { enabled: !isListed || !listed.isLoading });
}
