import { expect, test } from "vitest";
import { Problem, Unreachable } from "#shared/problem.ts";
import { refusalFor } from "./refusals.ts";

const refused = (status: number, body: unknown) => refusalFor(new Problem(new Response(null, { status }), body));

test("a dead link is final", () => {
  expect(refused(410, { code: "invitation_expired" })).toEqual({
    key: "invitation_expired",
    icon: "clock",
    next: "request-link",
    final: true,
  });
});

test("a malformed token is an unknown invitation", () => {
  expect(refused(422, { code: "invalid_request", errors: [{ field: "token", message: "" }] }).key).toBe(
    "invitation_not_found",
  );
});

test("a response without a problem document has a text", () => {
  expect(refused(429, null).key).toBe("rate_limited");
  expect(refused(502, null).key).toBe("unexpected");
  expect(refusalFor(new Unreachable()).next).toBe("retry");
});
