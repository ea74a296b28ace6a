import { Problem } from "#shared/problem.ts";
import { judgeBatch } from "../api/batch.ts";
import type { NewUser } from "../api/types.ts";
import { FIELD_OF_CODE } from "./invite-form.ts";

/** Returns why an invitation would be refused, without sending anything; undefined if it would not. Throws `Problem`. */
export async function judgeInvitation(accountId: string, invitation: NewUser): Promise<Problem | undefined> {
  const { message = null, notify = [], ...row } = invitation;
  const [result] = await judgeBatch(accountId, { users: [row], message, notify });
  if (!result?.code) return undefined;
  const status = result.code === "rate_limited" ? 429 : 409;
  const { code, errors, user_id } = result;
  return new Problem(new Response(null, { status }), { code, errors, user_id });
}

/** A name that is always accepted: only the address is asked about. */
const ANY_NAME = "A";

type Address = Pick<NewUser, "kind" | "email" | "groups">;

/** Returns why an address would be refused, without sending anything; undefined if it would not, or if that is unknown. */
export async function judgeAddress(accountId: string, { kind, email, groups }: Address): Promise<Problem | undefined> {
  const row = { ...(kind && { kind }), first_name: ANY_NAME, last_name: ANY_NAME, email, ...(groups && { groups }) };
  const problem = await judgeInvitation(accountId, row).catch(() => undefined);
  return problem && problem.code in FIELD_OF_CODE ? problem : undefined;
}
