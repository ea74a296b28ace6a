import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "./client.ts";
import { useRefreshAfterChange } from "./queries.ts";
import type { Edit, Settings, User } from "./types.ts";

type Named = Pick<User, "account_id" | "user_id">;

const path = ({ account_id, user_id }: Named) => ({ account_id, user_id });
const once = (user: Named, key: string) => ({ params: { path: path(user), header: { "Idempotency-Key": key } } });

export const resend = (user: Named, key: string) =>
  bodyOf(api.POST("/v1/accounts/{account_id}/users/{user_id}/resend", once(user, key)));

export const linkOf = (user: Named, key: string) =>
  bodyOf(api.POST("/v1/accounts/{account_id}/users/{user_id}/invitation-link", once(user, key)));

export const revoke = (user: Named, key: string) =>
  bodyOf(api.POST("/v1/accounts/{account_id}/users/{user_id}/revoke", once(user, key)));

export const deactivate = (user: Named, key: string) =>
  bodyOf(api.POST("/v1/accounts/{account_id}/users/{user_id}/deactivate", { ...once(user, key), body: {} }));

export const remove = (user: Named, key: string) =>
  bodyOf(api.POST("/v1/accounts/{account_id}/users/{user_id}/remove", { ...once(user, key), body: {} }));

export const reactivate = (user: Named, groups: string[], key: string) =>
  bodyOf(api.POST("/v1/accounts/{account_id}/users/{user_id}/reactivate", { ...once(user, key), body: { groups } }));

/** As the user stands at this moment, whatever was read before. */
export const userNow = (user: Named) =>
  bodyOf(api.GET("/v1/accounts/{account_id}/users/{user_id}", { params: { path: path(user) } }));

/** Refused if somebody else has changed the user since this `version` was seen. */
export const edit = (user: Named & Pick<User, "version">, body: Edit) =>
  bodyOf(
    api.PATCH("/v1/accounts/{account_id}/users/{user_id}", {
      params: { path: path(user), header: { "If-Match": `"${String(user.version)}"` } },
      body,
    }),
  );

export const changeSettings = (account_id: string, body: Partial<Settings>) =>
  bodyOf(api.PATCH("/v1/accounts/{account_id}/settings", { params: { path: { account_id } }, body }));

interface Change<Given> {
  make: (given: Given) => Promise<User>;
  onDone: (after: User) => void;
  onRefused?: (error: unknown) => void;
}

/** A change to one user: once it is answered, whatever shows the user, their account or their history follows. */
export function useUserChange<Given = void>(user: Named, { make, onDone, onRefused }: Change<Given>) {
  const client = useQueryClient();
  const refresh = useRefreshAfterChange(user.account_id, user.user_id);
  return useMutation({
    mutationFn: make,
    onSuccess: (after) => {
      client.setQueryData(["user", after.account_id, after.user_id], after);
      onDone(after);
    },
    onError: (error) => onRefused?.(error),
    onSettled: refresh,
  });
}
