import type { FetchResponse } from "openapi-fetch";
import type { components, paths } from "#shared/schema.d.ts";

/** Response body of an operation. */
type Answer<Operation extends Record<string, unknown>> = NonNullable<
  FetchResponse<Operation, object, "application/json">["data"]
>;

export type Me = Answer<paths["/v1/me"]["get"]>;
export type PendingInvitation = Answer<paths["/v1/me/invitations"]["get"]>["data"][number];
export type Account = Answer<paths["/v1/accounts/{account_id}"]["get"]>;
export type User = Answer<paths["/v1/accounts/{account_id}/users"]["get"]>["data"][number];
export type Status = User["status"];
export type NewUser = components["schemas"]["NewInvitation"];
export type UserChanges = components["schemas"]["UserChanges"];
export type Group = Answer<paths["/v1/accounts/{account_id}/groups"]["get"]>["data"][number];
export type Settings = Account["settings"];
export type Entry = Answer<paths["/v1/accounts/{account_id}/journal"]["get"]>["data"][number];
