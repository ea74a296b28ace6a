import type { components } from "#shared/schema.d.ts";
import { type MutationOptions, useAccountMutation } from "./account-mutation.ts";
import { api, unwrap } from "./client.ts";
import type { Group } from "./types.ts";

export type NewGroup = components["schemas"]["NewGroup"];
export type GroupChanges = components["schemas"]["GroupChanges"];

/** The group and the version that was seen. */
const seen = (account_id: string, { group_id, version }: Group) => ({
  params: { path: { account_id, group_id }, header: { "If-Match": `"${String(version)}"` } },
});

export const createGroup = (account_id: string, body: NewGroup, key: string) =>
  unwrap(
    api.POST("/v1/accounts/{account_id}/groups", {
      params: { path: { account_id }, header: { "Idempotency-Key": key } },
      body,
    }),
  );

export const editGroup = (account_id: string, group: Group, body: GroupChanges) =>
  unwrap(api.PATCH("/v1/accounts/{account_id}/groups/{group_id}", { ...seen(account_id, group), body }));

export const deleteGroup = (account_id: string, group: Group) =>
  unwrap(api.DELETE("/v1/accounts/{account_id}/groups/{group_id}", seen(account_id, group)));

/** Sends a change of the groups, and reads again what shows them, or depends on the rights that they give. */
export const useGroupMutation = <Variables>(
  accountId: string,
  send: (variables: Variables) => Promise<unknown>,
  options: MutationOptions,
) => useAccountMutation(accountId, ["groups", "journal", "users", "everyUser", "access"], send, options);
