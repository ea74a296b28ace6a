import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { SignInError, signIn } from "./cognito.ts";

const fetched = globalThis.fetch;

afterEach(() => {
  globalThis.fetch = fetched;
});

/** Why Cognito, answering like this, lets nobody in. */
async function reasonOf(answer: object): Promise<string | undefined> {
  const config = { region: "us-east-1", user_pool_client_id: "client", cognito_endpoint: "https://cognito.example" };
  globalThis.fetch = (url) =>
    Promise.resolve(url === "/config.json" ? Response.json(config) : Response.json(answer, { status: 400 }));
  const error: unknown = await signIn("lee@example.org", "Welcome2Usher").catch((reason: unknown) => reason);
  return error instanceof SignInError ? error.reason : undefined;
}

test("one exception of Cognito has three meanings", async () => {
  const found = [];
  for (const message of ["Incorrect username or password.", "Password attempts exceeded", "User is disabled."]) {
    found.push(await reasonOf({ __type: "com.amazonaws#NotAuthorizedException", message }));
  }
  assert.deepEqual(found, ["wrong_password", "too_many_attempts", "not_possible"]);
});

test("what is not known is no wrong password", async () => {
  assert.equal(await reasonOf({}), "failed");
});
