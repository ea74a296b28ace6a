import { Problem } from "#shared/problem.ts";
import { judgeBatch } from "../api/batch.ts";
import type { NewUser } from "../api/types.ts";
import { FIELD_OF_CODE } from "./invite-form.ts";

/** A name that is always accepted: only the address is asked about. */
const ANY_NAME = "A";

type Address = Pick<NewUser, "kind" | "email" | "groups">;

/** Returns why an address would be refused, without sending anything; undefined if it would not, or if that is unknown. */
export async function judgeAddress(accountId: string, { kind, email, groups }: Address): Promise<Problem | undefined> {
  const row = { ...(kind && { kind }), first_name: ANY_NAME, last_name: ANY_NAME, email, ...(groups && { groups }) };
  const [result] = await judgeBatch(accountId, [row]).catch(() => []);
  if (!result?.code || !(result.code in FIELD_OF_CODE)) return undefined;
  return new Problem(new Response(null, { status: 409 }), { code: result.code, user_id: result.user_id });
}
