import {
  type QueryKey,
  infiniteQueryOptions,
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { Problem, Unreachable } from "#shared/problem.ts";
import type { components } from "#shared/schema.d.ts";
import type { MutationOptions } from "./account-mutation.ts";
import { api, unwrap } from "./client.ts";
import { queryKeys } from "./query-keys.ts";
import type { SeatRequest } from "./seats.ts";
import type { Account, User } from "./types.ts";

export type NewAccount = components["schemas"]["NewAccount"];
export type NewAdministrator = components["schemas"]["NewAdministrator"];
export type SeatLimits = components["schemas"]["SeatLimits"];
export type OperatedAccount = components["schemas"]["OperatedAccountView"];
export type Partner = components["schemas"]["PartnerView"];
export type NewPartner = components["schemas"]["NewPartner"];
export type IdentityStatus = components["schemas"]["IdentityStatusView"];

const accountsQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: [...queryKeys.allAccounts(), search],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET("/v1/operator/accounts", {
          params: { query: { ...(search && { search }), ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    getNextPageParam: (page) => page.next_cursor,
  });

/** Reads all accounts page by page, or those that a search finds. The list before stays until the next one is there. */
export const useAllAccounts = (search: string) =>
  useInfiniteQuery({ ...accountsQuery(search), placeholderData: keepPreviousData });

/** Reads the requests for seats of all accounts that wait, page by page, longest waiting first. */
export const useWaitingRequests = () =>
  useInfiniteQuery({
    queryKey: queryKeys.waitingRequests(),
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      unwrap(api.GET("/v1/operator/seat-requests", { params: { query: { ...(pageParam && { cursor: pageParam }) } } })),
    getNextPageParam: (page) => page.next_cursor,
  });

/** Reads any account, as operator. */
export const useAnyAccount = (accountId: string) =>
  useQuery({
    queryKey: queryKeys.anyAccount(accountId),
    queryFn: () =>
      unwrap(api.GET("/v1/operator/accounts/{account_id}", { params: { path: { account_id: accountId } } })),
  });

export const openAccount = (body: NewAccount, key: string) =>
  unwrap(api.POST("/v1/operator/accounts", { params: { header: { "Idempotency-Key": key } }, body })).then(
    ({ account }) => account,
  );

const ofAccount = (account_id: string, key: string) => ({
  params: { path: { account_id }, header: { "Idempotency-Key": key } },
});

interface ReadingOptions<Answer> extends MutationOptions<Answer> {
  /** After an error, too, the mutation is pending until the data is read again, unless the API cannot be reached. */
  waitsAfterError?: boolean;
}

/** Sends a change, and reads again what the `keys` name, also after an error. It is pending until that has arrived. */
function useMutationThenRead<Variables, Answer>(
  send: (variables: Variables) => Promise<Answer>,
  keys: readonly QueryKey[],
  { waitsAfterError = false, ...options }: ReadingOptions<Answer>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    ...options,
    onSettled: (_answer, error) => {
      const reading = Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
      const waits = !error || (waitsAfterError && !(error instanceof Unreachable));
      return waits ? reading : undefined;
    },
  });
}

/** Invites an administrator into an account, or sends the link again; the account is read again then. */
export const useAdministratorInvitation = (
  accountId: string,
  keyOf: (body: NewAdministrator) => string,
  options: MutationOptions<User>,
) =>
  useMutationThenRead(
    (body: NewAdministrator) =>
      unwrap(
        api.POST("/v1/operator/accounts/{account_id}/administrators", { ...ofAccount(accountId, keyOf(body)), body }),
      ),
    [queryKeys.anyAccount(accountId), queryKeys.allAccounts()],
    options,
  );

export const suspendAccount = (accountId: string, key: string) =>
  unwrap(api.POST("/v1/operator/accounts/{account_id}/suspend", ofAccount(accountId, key)));

export const resumeAccount = (accountId: string, key: string) =>
  unwrap(api.POST("/v1/operator/accounts/{account_id}/resume", ofAccount(accountId, key)));

export const setSeats = (account_id: string, body: SeatLimits) =>
  unwrap(api.PUT("/v1/operator/accounts/{account_id}/seats", { params: { path: { account_id } }, body }));

const ofIdentity = (email: string, key: string) => ({
  params: { path: { email }, header: { "Idempotency-Key": key } },
});

export const blockIdentity = (email: string, key: string) =>
  unwrap(api.POST("/v1/operator/identities/{email}/block", ofIdentity(email, key)));

export const unblockIdentity = (email: string, key: string) =>
  unwrap(api.POST("/v1/operator/identities/{email}/unblock", ofIdentity(email, key)));

export const eraseIdentity = (email: string, key: string) =>
  unwrap(api.POST("/v1/operator/identities/{email}/erase", ofIdentity(email, key)));

export const sendRecoveryLink = (email: string, key: string) =>
  unwrap(api.POST("/v1/operator/identities/{email}/recovery", ofIdentity(email, key)));

const partnerPath = (email: string) => ({ params: { path: { email } } });

/** Looks an address up in the registry of certified partners; null if it is not certified. */
export async function fetchPartner(email: string): Promise<Partner | null> {
  try {
    return await unwrap(api.GET("/v1/operator/partners/{email}", partnerPath(email)));
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

export const certifyPartner = (email: string, body: NewPartner) =>
  unwrap(api.PUT("/v1/operator/partners/{email}", { ...partnerPath(email), body }));

export const withdrawCertification = (email: string) =>
  unwrap(api.DELETE("/v1/operator/partners/{email}", partnerPath(email)));

const requestPath = (account_id: string, request_id: string, key: string) => ({
  params: { path: { account_id, request_id }, header: { "Idempotency-Key": key } },
});

const APPROVE = "/v1/operator/accounts/{account_id}/seats/requests/{request_id}/approve";
const DENY = "/v1/operator/accounts/{account_id}/seats/requests/{request_id}/deny";

/** Decides on a request for seats; the account is read again then, also after an error. */
export const useDecision = (accountId: string, options: MutationOptions<SeatRequest>) =>
  useMutationThenRead(
    ({ requestId, approve, key }: { requestId: string; approve: boolean; key: string }) =>
      unwrap(api.POST(approve ? APPROVE : DENY, requestPath(accountId, requestId, key))),
    [queryKeys.anyAccount(accountId), queryKeys.allAccounts(), queryKeys.waitingRequests()],
    { ...options, waitsAfterError: true },
  );

/** Changes an account as operator, shows the answer at once, and reads the list again. */
export function useOperatorMutation<Variables>(
  send: (variables: Variables) => Promise<Account>,
  { onSuccess, ...options }: MutationOptions<Account>,
) {
  const client = useQueryClient();
  return useMutationThenRead(send, [queryKeys.allAccounts()], {
    ...options,
    onSuccess: (account) => {
      client.setQueryData<OperatedAccount>(
        queryKeys.anyAccount(account.account_id),
        (before) => before && { ...before, ...account },
      );
      onSuccess(account);
    },
  });
}
