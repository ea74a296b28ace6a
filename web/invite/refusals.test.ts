import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem, Unreachable } from "#shared/problem.ts";
import { refusalFor } from "./refusals.ts";

const refused = (status: number, body: unknown) => refusalFor(new Problem(new Response(null, { status }), body));

test("a dead link ends the page", () => {
  assert.deepEqual(refused(410, { code: "invitation_expired" }), {
    key: "invitation_expired",
    icon: "clock",
    next: "request-link",
    final: true,
  });
});

test("a token that is not even well-formed is a link that is not genuine", () => {
  assert.equal(
    refused(422, { code: "invalid_request", errors: [{ field: "token", message: "" }] }).key,
    "invitation_not_found",
  );
});

test("a gateway's refusal has words too", () => {
  assert.equal(refused(429, null).key, "rate_limited");
  assert.equal(refused(502, null).key, "unexpected");
  assert.equal(refusalFor(new Unreachable()).next, "retry");
});
