import assert from "node:assert/strict";
import { test } from "node:test";
import { LOGO_BYTES, LOGO_TYPES, validateLogo } from "./logo-rules.ts";

test("pictures of the three kinds are welcome up to their limit", () => {
  for (const type of LOGO_TYPES) assert.equal(validateLogo({ type, size: LOGO_BYTES }), null);
});

test("what is no such picture, or too large, is turned away before it travels", () => {
  assert.equal(validateLogo({ type: "image/svg+xml", size: 10 }), "wrongKind");
  assert.equal(validateLogo({ type: "image/png", size: LOGO_BYTES + 1 }), "tooLarge");
});
