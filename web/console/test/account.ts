import type { ApiStub } from "./api-stub.ts";
import { ACCOUNT_ID, GROUPS, aUser, anAccount, me } from "./samples.ts";

const ACCOUNT = `GET /v1/accounts/${ACCOUNT_ID}`;

/** Answers what an administrator's pages ask for at first. */
export function answerAccount(api: ApiStub): ApiStub {
  return api
    .answer("GET /v1/me", me())
    .answer(ACCOUNT, anAccount())
    .answer(`${ACCOUNT}/access`, { admin: true, permissions: [] })
    .answer(`${ACCOUNT}/groups`, GROUPS)
    .answer(`${ACCOUNT}/users`, { data: [aUser()], next_cursor: null, total: 1 });
}
