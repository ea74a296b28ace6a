import type { components } from "#shared/schema.d.ts";
import { api, unwrap } from "./client.ts";

export type InvitationBatch = components["schemas"]["InvitationBatch"];
export type BatchResult = components["schemas"]["BatchResultView"];

/** Rows that the API takes in one request. */
export const BATCH_LIMIT = 200;

/** Invites up to `BATCH_LIMIT` people. With the same key and body again, nobody is invited twice. */
export const inviteBatch = (account_id: string, body: InvitationBatch, key: string): Promise<BatchResult[]> =>
  send(account_id, body, { "Idempotency-Key": key });

/** Judges up to `BATCH_LIMIT` rows without inviting anyone. */
export const judgeBatch = (account_id: string, batch: InvitationBatch): Promise<BatchResult[]> =>
  send(account_id, { ...batch, dry_run: true }, {});

async function send(
  account_id: string,
  body: InvitationBatch,
  header: { "Idempotency-Key"?: string },
): Promise<BatchResult[]> {
  const answer = await unwrap(
    api.POST("/v1/accounts/{account_id}/users/batch", { params: { path: { account_id }, header }, body }),
  );
  return answer.results;
}
