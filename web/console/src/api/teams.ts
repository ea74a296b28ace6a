import { queryOptions, useQuery } from "@tanstack/react-query";
import type { components } from "#shared/schema.d.ts";
import { type MutationOptions, useAccountMutation } from "./account-mutation.ts";
import { api, unwrap } from "./client.ts";
import { queryKeys } from "./query-keys.ts";

export type Team = components["schemas"]["TeamView"];
type NewTeam = components["schemas"]["NewTeam"];

const teamsQuery = (accountId: string) =>
  queryOptions({
    queryKey: queryKeys.teams(accountId),
    queryFn: () => unwrap(api.GET("/v1/accounts/{account_id}/teams", { params: { path: { account_id: accountId } } })),
  });

/** Reads all teams of an account: there are at most 100. */
export const useTeams = (accountId: string) => useQuery(teamsQuery(accountId));

/** The team and the version that was seen. */
const seen = (account_id: string, { team_id, version }: Team) => ({
  params: { path: { account_id, team_id }, header: { "If-Match": `"${String(version)}"` } },
});

const createTeam = (account_id: string, body: NewTeam, key: string) =>
  unwrap(
    api.POST("/v1/accounts/{account_id}/teams", {
      params: { path: { account_id }, header: { "Idempotency-Key": key } },
      body,
    }),
  );

const editTeam = (account_id: string, team: Team, body: NewTeam) =>
  unwrap(api.PATCH("/v1/accounts/{account_id}/teams/{team_id}", { ...seen(account_id, team), body }));

const deleteTeam = (account_id: string, team: Team) =>
  unwrap(api.DELETE("/v1/accounts/{account_id}/teams/{team_id}", seen(account_id, team)));

const CHANGED = ["teams", "journal"] as const;

/** Saves a team, or creates one. */
export const useSaveTeam = (accountId: string, team: Team | undefined, options: MutationOptions) =>
  useAccountMutation(
    accountId,
    CHANGED,
    ({ body, key }: { body: NewTeam; key: string }) =>
      team ? editTeam(accountId, team, body) : createTeam(accountId, body, key),
    options,
  );

export const useDeleteTeam = (accountId: string, team: Team, options: MutationOptions) =>
  useAccountMutation(accountId, CHANGED, () => deleteTeam(accountId, team), options);
