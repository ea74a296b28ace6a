import { infiniteQueryOptions, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import type { components } from "#shared/schema.d.ts";
import { api, unwrap } from "./client.ts";
import { queryKeys } from "./query-keys.ts";

export type SeatRequest = components["schemas"]["SeatRequestView"];
export type NewSeatRequest = components["schemas"]["NewRequest"];

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

interface RequestOptions {
  onSuccess: (request: SeatRequest) => void;
  onError: (error: unknown) => void;
}

/** Asks for seats, or gives some back; reads the account and its requests again, also after an error. */
export function useRequestSeats(accountId: string, { onSuccess, onError }: RequestOptions) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: NewSeatRequest; key: string }) => requestSeats(accountId, body, key),
    onSuccess,
    onError,
    onSettled: () => {
      for (const key of ["account", "seatRequests", "journal"] as const) {
        void client.invalidateQueries({ queryKey: queryKeys[key](accountId) });
      }
    },
  });
}
