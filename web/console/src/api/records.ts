import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { components } from "#shared/schema.d.ts";
import { api, unwrap } from "./client.ts";
import { queryKeys } from "./query-keys.ts";
import type { User } from "./types.ts";

type UserRef = Pick<User, "account_id" | "user_id">;
export type Job = components["schemas"]["JobView"];
export type Source = { from: string; types: string[] } | { job_id: string };

/** How often a job that is under way is looked at. */
const JOB_POLL_MS = 1_500;

/** What a user would hand over, and to whom it could go; `search` is the beginning of a target's name or address. */
export const useDeactivationPreview = (user: UserRef, search: string) =>
  useQuery({
    queryKey: [...queryKeys.user(user.account_id, user.user_id), "deactivation-preview", search],
    queryFn: () =>
      unwrap(
        api.GET("/v1/accounts/{account_id}/users/{user_id}/deactivation-preview", {
          params: {
            path: { account_id: user.account_id, user_id: user.user_id },
            query: search ? { search } : {},
          },
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** Begins to move what a user owns, or what a job has moved, to another user. */
export const reassign = (account_id: string, source: Source, to: string, key: string) =>
  unwrap(
    api.POST("/v1/accounts/{account_id}/records/reassign", {
      params: { path: { account_id }, header: { "Idempotency-Key": key } },
      body: { ...source, to },
    }),
  );

/** Reads how far a job is, again and again until it is done. */
export const useJob = (accountId: string, jobId: string | null) =>
  useQuery({
    queryKey: queryKeys.job(accountId, jobId ?? ""),
    enabled: jobId !== null,
    queryFn: () =>
      unwrap(
        api.GET("/v1/accounts/{account_id}/jobs/{job_id}", {
          params: { path: { account_id: accountId, job_id: jobId ?? "" } },
        }),
      ),
    refetchInterval: ({ state: { data } }) => (data?.state === "done" ? false : JOB_POLL_MS),
  });

/** Reads page by page what a job has moved or removed, and nothing has changed since. */
export const useMovedRecords = (accountId: string, jobId: string) =>
  useInfiniteQuery(
    infiniteQueryOptions({
      queryKey: [...queryKeys.job(accountId, jobId), "records"],
      initialPageParam: "",
      queryFn: ({ pageParam }) =>
        unwrap(
          api.GET("/v1/accounts/{account_id}/jobs/{job_id}/records", {
            params: {
              path: { account_id: accountId, job_id: jobId },
              query: pageParam ? { cursor: pageParam } : {},
            },
          }),
        ),
      getNextPageParam: (page) => page.next_cursor,
    }),
  );
