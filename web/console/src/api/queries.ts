import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import type { UsersView } from "../users/view.ts";
import { api, bodyOf } from "./client.ts";
import type { User } from "./types.ts";

const ENTRIES_AT_ONCE = 20;

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

/** How long a name that was read stays good enough to be shown beside what somebody did. */
const NAME_IS_GOOD_FOR_MS = 300_000;

const readUser = (accountId: string, userId: string) => ({
  queryKey: ["user", accountId, userId],
  queryFn: () =>
    bodyOf(
      api.GET("/v1/accounts/{account_id}/users/{user_id}", {
        params: { path: { account_id: accountId, user_id: userId } },
      }),
    ),
});

/** One user; somebody who has been listed is there at once. */
export function useUser(accountId: string, userId: string) {
  const client = useQueryClient();
  return useQuery({
    ...readUser(accountId, userId),
    placeholderData: () =>
      client
        .getQueriesData<InfiniteData<{ data: User[] }>>({ queryKey: ["users", accountId] })
        .flatMap(([, list]) => list?.pages.flatMap(({ data }) => data) ?? [])
        .find(({ user_id }) => user_id === userId),
  });
}

/** Somebody of whom no more than the name is wanted. */
export const usePerson = (accountId: string, userId: string | undefined) =>
  useQuery({
    ...readUser(accountId, userId ?? ""),
    enabled: userId !== undefined,
    staleTime: NAME_IS_GOOD_FOR_MS,
  });

/** What has happened to a user, newest first. */
export const useJournal = (accountId: string, userId: string) =>
  useInfiniteQuery({
    queryKey: ["journal", accountId, userId],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      bodyOf(
        api.GET("/v1/accounts/{account_id}/journal", {
          params: {
            path: { account_id: accountId },
            query: { user_id: userId, limit: ENTRIES_AT_ONCE, ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    getNextPageParam: (page) => page.next_cursor,
  });

/** A list may lag a second behind a write: what a change touches is read at once, and once more after that. */
const LAG_MS = 1_500;

/** `userId` is the one who was changed; none for somebody new. */
export function useRefreshAfterChange(accountId: string, userId?: string): () => void {
  const client = useQueryClient();
  const refresh = () => {
    for (const queryKey of [
      ["users", accountId],
      ["account", accountId],
      ...(userId
        ? [
            ["user", accountId, userId],
            ["journal", accountId, userId],
          ]
        : []),
    ]) {
      void client.invalidateQueries({ queryKey });
    }
  };
  return () => {
    refresh();
    setTimeout(refresh, LAG_MS);
  };
}
