import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem } from "#shared/problem.ts";
import { hasFailed } from "./error-messages.ts";

const refused = (status: number) => new Problem(new Response(null, { status }), null);

test("what was read stays when reading it anew fails", () => {
  assert.equal(hasFailed({ error: refused(503), isError: true, isLoadingError: false }), false);
  assert.equal(hasFailed({ error: refused(429), isError: true, isLoadingError: false }), false);
});

test("what could not be read at all has failed", () => {
  assert.equal(hasFailed({ error: refused(503), isError: true, isLoadingError: true }), true);
});

test("whoever has lost access sees nothing any more", () => {
  assert.equal(hasFailed({ error: refused(404), isError: true, isLoadingError: false }), true);
  assert.equal(hasFailed({ error: null, isError: false, isLoadingError: false }), false);
});
