import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { components } from "#shared/schema.d.ts";
import { api, unwrap } from "./client.ts";
import { useRefreshAfterChange } from "./queries.ts";
import { queryKeys } from "./query-keys.ts";
import type { UserChanges, NewUser, Settings, User } from "./types.ts";

type UserRef = Pick<User, "account_id" | "user_id">;

const userPath = ({ account_id, user_id }: UserRef) => ({ account_id, user_id });
const idempotent = (user: UserRef, key: string) => ({
  params: { path: userPath(user), header: { "Idempotency-Key": key } },
});

export const invite = (account_id: string, body: NewUser, key: string) =>
  unwrap(
    api.POST("/v1/accounts/{account_id}/users", {
      params: { path: { account_id }, header: { "Idempotency-Key": key } },
      body,
    }),
  );

export const resend = (user: UserRef, key: string) =>
  unwrap(api.POST("/v1/accounts/{account_id}/users/{user_id}/resend", idempotent(user, key)));

export const fetchInvitationLink = (user: UserRef, key: string) =>
  unwrap(api.POST("/v1/accounts/{account_id}/users/{user_id}/invitation-link", idempotent(user, key)));

export const revoke = (user: UserRef, key: string) =>
  unwrap(api.POST("/v1/accounts/{account_id}/users/{user_id}/revoke", idempotent(user, key)));

/** Ends the caller's own access, as a partner (rule 6). */
export const leave = (account_id: string, key: string) =>
  unwrap(
    api.POST("/v1/accounts/{account_id}/leave", {
      params: { path: { account_id }, header: { "Idempotency-Key": key } },
    }),
  );

/** Who gets the records of someone who leaves; nothing chosen for someone who owns none. */
export type HandOver = { reassign_to?: string | Record<string, string> } | { hand_over: "later" };

export const deactivate = (user: UserRef, body: HandOver, key: string) =>
  unwrap(api.POST("/v1/accounts/{account_id}/users/{user_id}/deactivate", { ...idempotent(user, key), body }));

export const remove = (user: UserRef, body: Exclude<HandOver, { hand_over: unknown }>, key: string) =>
  unwrap(api.POST("/v1/accounts/{account_id}/users/{user_id}/remove", { ...idempotent(user, key), body }));

export type BlockReason = components["schemas"]["Block"]["reason"];

export const block = (user: UserRef, reason: BlockReason, key: string) =>
  unwrap(api.POST("/v1/accounts/{account_id}/users/{user_id}/block", { ...idempotent(user, key), body: { reason } }));

export const unblock = (user: UserRef, key: string) =>
  unwrap(api.POST("/v1/accounts/{account_id}/users/{user_id}/unblock", idempotent(user, key)));

export const reactivate = (user: UserRef, groups: string[], key: string) =>
  unwrap(
    api.POST("/v1/accounts/{account_id}/users/{user_id}/reactivate", { ...idempotent(user, key), body: { groups } }),
  );

type PermissionCloning = components["schemas"]["PermissionCloning"];
export type CloneResult = components["schemas"]["CloneResultView"];

export const clonePermissions = (user: UserRef, body: PermissionCloning, key: string) =>
  unwrap(api.POST("/v1/accounts/{account_id}/users/{user_id}/permissions/clone", { ...idempotent(user, key), body }));

/** Edits a user with optimistic locking: fails with `conflict` if the version has changed. */
export const edit = (user: UserRef & Pick<User, "version">, body: UserChanges) =>
  unwrap(
    api.PATCH("/v1/accounts/{account_id}/users/{user_id}", {
      params: { path: userPath(user), header: { "If-Match": `"${String(user.version)}"` } },
      body,
    }),
  );

export const changeSettings = (account_id: string, body: Partial<Settings>) =>
  unwrap(api.PATCH("/v1/accounts/{account_id}/settings", { params: { path: { account_id } }, body }));

/** Changes the caller's names and language. */
export const editMe = (body: components["schemas"]["IdentityChanges"]) => unwrap(api.PATCH("/v1/me", { body }));

/** Changes the caller's password; their other sessions end. */
export const changePassword = (body: components["schemas"]["ChangedPassword"], key: string) =>
  unwrap(api.POST("/v1/me/password", { params: { header: { "Idempotency-Key": key } }, body }));

/** Ends every session of the caller, this one too. */
export const signOutEverywhere = () => unwrap(api.POST("/v1/me/sign-out"));

export const editProfile = (body: components["schemas"]["ProfileChanges"]) =>
  unwrap(api.PATCH("/v1/me/profile", { body }));

interface UserMutationOptions<Variables> {
  send: (variables: Variables) => Promise<User>;
  onSuccess: (after: User) => void;
  onError?: (error: unknown) => void;
}

/** Changes one user, stores the answer in the cache and refreshes lists, account and journal, also after an error. */
export function useUserMutation<Variables = void>(
  user: UserRef,
  { send, onSuccess, onError }: UserMutationOptions<Variables>,
) {
  const client = useQueryClient();
  const refresh = useRefreshAfterChange(user.account_id, user.user_id);
  return useMutation({
    mutationFn: send,
    onSuccess: (after) => {
      client.setQueryData(queryKeys.user(after.account_id, after.user_id), after);
      onSuccess(after);
    },
    onError: (error) => onError?.(error),
    onSettled: refresh,
  });
}
