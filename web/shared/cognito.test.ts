import { afterEach, expect, test } from "vitest";
import { SignInError, signIn } from "./cognito.ts";

const fetched = globalThis.fetch;

afterEach(() => {
  globalThis.fetch = fetched;
});

/** Signs in against a stub that answers 400 with this body; returns the reason of the SignInError. */
async function reasonOf(answer: object): Promise<string | undefined> {
  const config = { region: "us-east-1", user_pool_client_id: "client", cognito_endpoint: "https://cognito.example" };
  globalThis.fetch = (url) =>
    Promise.resolve(url === "/config.json" ? Response.json(config) : Response.json(answer, { status: 400 }));
  const error: unknown = await signIn("lee@example.org", "Welcome2Usher").catch((reason: unknown) => reason);
  return error instanceof SignInError ? error.reason : undefined;
}

test("NotAuthorizedException is mapped by its message", async () => {
  const found = [];
  for (const message of ["Incorrect username or password.", "Password attempts exceeded", "User is disabled."]) {
    found.push(await reasonOf({ __type: "com.amazonaws#NotAuthorizedException", message }));
  }
  expect(found).toEqual(["wrong_password", "too_many_attempts", "not_possible"]);
});

test("an unknown exception is not a wrong password", async () => {
  expect(await reasonOf({})).toBe("failed");
});
