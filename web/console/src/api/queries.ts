import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import type { UsersView } from "../users/view.ts";
import { api, bodyOf } from "./client.ts";

const inAccount = (accountId: string) => ({ params: { path: { account_id: accountId } } });

export const useMe = () => useQuery({ queryKey: ["me"], queryFn: () => bodyOf(api.GET("/v1/me")) });

export const useAccount = (accountId: string) =>
  useQuery({
    queryKey: ["account", accountId],
    queryFn: () => bodyOf(api.GET("/v1/accounts/{account_id}", inAccount(accountId))),
  });

export const useAccess = (accountId: string) =>
  useQuery({
    queryKey: ["access", accountId],
    queryFn: () => bodyOf(api.GET("/v1/accounts/{account_id}/access", inAccount(accountId))),
  });

export const useGroups = (accountId: string) =>
  useQuery({
    queryKey: ["groups", accountId],
    queryFn: () => bodyOf(api.GET("/v1/accounts/{account_id}/groups", inAccount(accountId))),
  });

export const useUsers = (accountId: string, { status, search, sort }: UsersView) =>
  useInfiniteQuery({
    queryKey: ["users", accountId, status, search, sort],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.GET("/v1/accounts/{account_id}/users", {
          params: {
            path: { account_id: accountId },
            query: {
              status: status.join(","),
              sort,
              ...(search && { search }),
              ...(pageParam && { cursor: pageParam }),
            },
          },
        }),
      ),
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });

/** A list may lag a second behind a write: what a change touches is read at once, and once more after that. */
const LAG_MS = 1_500;

export function useRefreshAfterChange(accountId: string): () => void {
  const client = useQueryClient();
  const refresh = () => {
    void client.invalidateQueries({ queryKey: ["users", accountId] });
    void client.invalidateQueries({ queryKey: ["account", accountId] });
  };
  return () => {
    refresh();
    setTimeout(refresh, LAG_MS);
  };
}
