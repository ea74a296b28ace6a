import {
  type InfiniteData,
  type Query,
  type QueryClient,
  infiniteQueryOptions,
  keepPreviousData,
  noop,
  queryOptions,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { needsAttention } from "../users/attention.ts";
import { type UsersView, readView } from "../users/view.ts";
import { api, unwrap } from "./client.ts";
import { queryKeys } from "./query-keys.ts";
import type { Entry, User } from "./types.ts";

const JOURNAL_PAGE_SIZE = 20;

/** Names next to journal entries may be this old. */
export const ACTOR_STALE_MS = 300_000;

const inAccount = (accountId: string) => ({ params: { path: { account_id: accountId } } });

const meQuery = () => queryOptions({ queryKey: queryKeys.me(), queryFn: () => unwrap(api.GET("/v1/me")) });

/** Returns a function that reads the person and their accounts again, past the cache. */
export function useFetchMe() {
  const client = useQueryClient();
  return () => client.query({ ...meQuery(), staleTime: 0 });
}

const accountQuery = (accountId: string) =>
  queryOptions({
    queryKey: queryKeys.account(accountId),
    queryFn: () => unwrap(api.GET("/v1/accounts/{account_id}", inAccount(accountId))),
  });

const accessQuery = (accountId: string) =>
  queryOptions({
    queryKey: queryKeys.access(accountId),
    queryFn: () => unwrap(api.GET("/v1/accounts/{account_id}/access", inAccount(accountId))),
  });

const groupsQuery = (accountId: string) =>
  queryOptions({
    queryKey: queryKeys.groups(accountId),
    queryFn: () => unwrap(api.GET("/v1/accounts/{account_id}/groups", inAccount(accountId))),
  });

/** The most that the API gives in one page of users. */
export const LARGEST_PAGE = 100;

/** Reads one page of the users of a view; `cursor` is "" for the first. */
export const fetchUsers = (
  accountId: string,
  { status, only, search, group, role, sort }: UsersView,
  { cursor = "", limit = 0 } = {},
) =>
  unwrap(
    api.GET("/v1/accounts/{account_id}/users", {
      params: {
        path: { account_id: accountId },
        query: {
          status: status.join(","),
          sort,
          ...(only === "waiting" && { records_waiting: true }),
          ...(search && { search }),
          ...(group && { group }),
          ...(role === "admin" && { admin: true }),
          ...(role === "partner" && { kind: role }),
          ...(limit && { limit }),
          ...(cursor && { cursor }),
        },
      },
    }),
  );

/** The API knows no filter for attention: pages of pending invitations are read whole, and most are left out. */
const usersQuery = (accountId: string, view: UsersView) =>
  infiniteQueryOptions({
    queryKey: [...queryKeys.users(accountId), view],
    initialPageParam: "",
    queryFn: ({ pageParam: cursor }) =>
      fetchUsers(accountId, view, { cursor, limit: view.only === "attention" ? LARGEST_PAGE : 0 }),
    getNextPageParam: (page) => page.next_cursor,
  });

/** Reads the user from the API, past the cache. */
export const fetchUser = ({ account_id, user_id }: Pick<User, "account_id" | "user_id">) =>
  unwrap(api.GET("/v1/accounts/{account_id}/users/{user_id}", { params: { path: { account_id, user_id } } }));

export const userQuery = (accountId: string, userId: string) =>
  queryOptions({
    queryKey: queryKeys.user(accountId, userId),
    queryFn: () => fetchUser({ account_id: accountId, user_id: userId }),
  });

/** Filters of the journal; "" is no filter. */
export interface JournalView {
  userId: string;
  type: string;
}

/** Reads one page of the journal, newest first; `cursor` is "" for the first. */
export const fetchJournal = (
  accountId: string,
  { userId, type }: JournalView,
  { cursor = "", limit = JOURNAL_PAGE_SIZE } = {},
) =>
  unwrap(
    api.GET("/v1/accounts/{account_id}/journal", {
      params: {
        path: { account_id: accountId },
        query: {
          limit,
          ...(userId && { user_id: userId }),
          ...(type && { type: type as Entry["type"] }),
          ...(cursor && { cursor }),
        },
      },
    }),
  );

const journalQuery = (accountId: string, view: JournalView) =>
  infiniteQueryOptions({
    queryKey: [...queryKeys.journal(accountId), view.userId, view.type],
    initialPageParam: "",
    queryFn: ({ pageParam: cursor }) => fetchJournal(accountId, view, { cursor }),
    getNextPageParam: (page) => page.next_cursor,
  });

export const useMe = () => useQuery(meQuery());
export const useAccount = (accountId: string) => useQuery(accountQuery(accountId));
export const useAccess = (accountId: string) => useQuery(accessQuery(accountId));
export const useGroups = (accountId: string) => useQuery(groupsQuery(accountId));

/** Lists follow writes; one that lags behind is read again so often. */
const FOLLOWS_AFTER_MS = 2_000;
const FOLLOWS_AT_MOST = 5;

type UsersPage = Awaited<ReturnType<typeof fetchUsers>> & {
  /** How many users of the page the view does not show. */
  hidden?: number;
};

/** Returns whether the whole list is read, and holds fewer users than the account counts. */
export function lagsBehind(pages: Pick<UsersPage, "data" | "next_cursor" | "total" | "hidden">[]): boolean {
  const last = pages[pages.length - 1];
  if (last?.next_cursor !== null || last.total === null) return false;
  return pages.reduce((sum, { data, hidden = 0 }) => sum + data.length + hidden, 0) < last.total;
}

const readingsBeforeLag = new WeakMap<object, number>();

/** Returns after how many milliseconds a list is read again that lags behind; false for one that does not. */
function followsAfter(query: Pick<Query<UserPages>, "state">): number | false {
  const { data, dataUpdateCount } = query.state;
  if (!lagsBehind(data?.pages ?? [])) {
    readingsBeforeLag.delete(query);
    return false;
  }
  const before = readingsBeforeLag.get(query) ?? dataUpdateCount;
  readingsBeforeLag.set(query, before);
  return dataUpdateCount - before < FOLLOWS_AT_MOST && FOLLOWS_AFTER_MS;
}

/**
 * Reads the list of users page by page. A changed view keeps showing the previous list until its own has arrived. A
 * list that lags behind is read again, a few times.
 */
export const useUsers = (accountId: string, view: UsersView, { enabled = true } = {}) =>
  useInfiniteQuery({
    ...usersQuery(accountId, view),
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: followsAfter,
    ...(view.only === "attention" && { select: onlyAttention }),
  });

type UserPages = InfiniteData<UsersPage, string>;

/** Leaves out who needs no attention; `total` goes on counting all. */
const onlyAttention = ({ pages, pageParams }: UserPages): UserPages => ({
  pages: pages.map((page) => {
    const data = page.data.filter((user) => needsAttention(user));
    return { ...page, data, hidden: page.data.length - data.length };
  }),
  pageParams,
});

/** Reads one user. A user of an already loaded list is shown until the answer arrives. */
export function useUser(accountId: string, userId: string, { enabled = true } = {}) {
  const client = useQueryClient();
  return useQuery({
    ...userQuery(accountId, userId),
    enabled,
    placeholderData: () =>
      client
        .getQueriesData<InfiniteData<{ data: User[] }>>({ queryKey: queryKeys.users(accountId) })
        .flatMap(([, list]) => list?.pages.flatMap(({ data }) => data) ?? [])
        .find(({ user_id }) => user_id === userId),
  });
}

/** Returns a function that returns the user as last read: that of the cache where it is newer than the one given. */
export function useNewestUser(): (user: User) => User {
  const client = useQueryClient();
  return (user) => {
    const cached = client.getQueryData(userQuery(user.account_id, user.user_id).queryKey);
    return cached && cached.version > user.version ? cached : user;
  };
}

/** Reads the user who acted in a journal entry; disabled without an id. */
export const useActor = (accountId: string, userId: string | undefined) =>
  useQuery({ ...userQuery(accountId, userId ?? ""), enabled: userId !== undefined, staleTime: ACTOR_STALE_MS });

/** Reads the journal page by page, newest first. */
export const useJournal = (accountId: string, view: JournalView) => useInfiniteQuery(journalQuery(accountId, view));

interface PageLocation {
  accountId: string;
  /** "users", "settings", … */
  page: string;
  userId: string | undefined;
  search: string;
}

/**
 * Requests everything that a page of an account shows, at once: no request waits for the answer of another. Data that
 * is fresh or requested already is skipped, and what a known permission denies; errors are left to the page's queries.
 */
export function prefetchPage(client: QueryClient, { accountId, page, userId, search }: PageLocation): void {
  const access = client.getQueryData(accessQuery(accountId).queryKey);
  const may = (permission: string) => !access || access.admin || access.permissions.includes(permission);
  client.query(meQuery()).catch(noop);
  client.query(accountQuery(accountId)).catch(noop);
  client.query(accessQuery(accountId)).catch(noop);
  if (page === "settings" || page === "groups" || (page === "users" && !userId))
    client.query(groupsQuery(accountId)).catch(noop);
  if (page === "users" && !userId && may("users.view"))
    client.infiniteQuery(usersQuery(accountId, readView(new URLSearchParams(search)))).catch(noop);
  if (page === "users" && userId) {
    client.query(userQuery(accountId, userId)).catch(noop);
    if (may("journal.view")) client.infiniteQuery(journalQuery(accountId, { userId, type: "" })).catch(noop);
  }
}

/** Lists are eventually consistent: after a write they are read again immediately and after this delay. */
const LIST_LAG_MS = 1_500;

/**
 * Returns a function that invalidates what a write has changed. `userId` is the changed user; omit it for several. Where
 * the person may have changed themselves, their rights are read again, and all users with the actions that they allow.
 */
export function useRefreshAfterChange(accountId: string, userId?: string): () => void {
  const client = useQueryClient();
  const isOther = () => {
    const ofAccount = client.getQueryData(meQuery().queryKey)?.accounts.find((one) => one.account_id === accountId);
    return userId !== undefined && userId !== ofAccount?.user_id;
  };
  const refresh = () => {
    const { users, account, groups, journal, user, everyUser } = queryKeys;
    const changed = [users, account, groups, journal].map((keyOf) => keyOf(accountId));
    const changedUsers = userId !== undefined && isOther() ? user(accountId, userId) : everyUser(accountId);
    for (const queryKey of [...changed, changedUsers]) void client.invalidateQueries({ queryKey });
  };
  return () => {
    if (!isOther()) void client.invalidateQueries({ queryKey: queryKeys.access(accountId) });
    refresh();
    setTimeout(refresh, LIST_LAG_MS);
  };
}
