import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import type { components } from "#shared/schema.d.ts";
import { type MutationOptions, useAccountMutation } from "./account-mutation.ts";
import { api, unwrap } from "./client.ts";
import { queryKeys } from "./query-keys.ts";

export type SeatRequest = components["schemas"]["SeatRequestView"];
export type NewSeatRequest = components["schemas"]["NewSeatRequest"];

const PAGE_SIZE = 20;

const seatRequestsQuery = (accountId: string) =>
  infiniteQueryOptions({
    queryKey: queryKeys.seatRequests(accountId),
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET("/v1/accounts/{account_id}/seats/requests", {
          params: {
            path: { account_id: accountId },
            query: { limit: PAGE_SIZE, ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    getNextPageParam: (page) => page.next_cursor,
  });

/** Reads the account's requests for seats page by page, newest first. */
export const useSeatRequests = (accountId: string) => useInfiniteQuery(seatRequestsQuery(accountId));

const requestSeats = (account_id: string, body: NewSeatRequest, key: string) =>
  unwrap(
    api.POST("/v1/accounts/{account_id}/seats/requests", {
      params: { path: { account_id }, header: { "Idempotency-Key": key } },
      body,
    }),
  );

/** Asks for seats, or gives some back. */
export const useRequestSeats = (accountId: string, options: MutationOptions<SeatRequest>) =>
  useAccountMutation(
    accountId,
    ["account", "seatRequests", "journal"],
    ({ body, key }: { body: NewSeatRequest; key: string }) => requestSeats(accountId, body, key),
    options,
  );
