import { expect, test } from "vitest";
import { Problem } from "#shared/problem.ts";
import { hasFailed, messageFor } from "./error-messages.ts";

const refused = (status: number) => new Problem(new Response(null, { status }), null);

test("a failed refetch keeps the content", () => {
  expect(hasFailed({ error: refused(503), isError: true, isLoadingError: false })).toBe(false);
  expect(hasFailed({ error: refused(429), isError: true, isLoadingError: false })).toBe(false);
});

test("a failed first load replaces the content", () => {
  expect(hasFailed({ error: refused(503), isError: true, isLoadingError: true })).toBe(true);
});

test("lost access replaces the content", () => {
  expect(hasFailed({ error: refused(404), isError: true, isLoadingError: false })).toBe(true);
  expect(hasFailed({ error: null, isError: false, isLoadingError: false })).toBe(false);
});

test("the API's English sentence is shown for no refusal", () => {
  const answer = { code: "idempotency_key_reused", detail: "Choose a new one.", request_id: "r-1" };
  const problem = new Problem(new Response(null, { status: 422 }), answer);

  expect(messageFor(problem)).toBe("Something went wrong. Please try again. Reference for support: r-1");
});

const limit = (request_id: string, seconds: string) => {
  const response = new Response(null, { status: 429, headers: { "Retry-After": seconds } });
  return new Problem(response, { code: "rate_limited", request_id });
};

test("a limit of the firewall is told as that of the network, whatever was asked for", () => {
  for (const limited of [undefined, "mails", "copies", "recoveries"] as const) {
    expect(messageFor(limit("", "60"), limited)).toBe(
      "Too many requests have come from your network. Wait a few minutes, then try again.",
    );
  }
  expect(messageFor(limit("r-1", "60"), "mails")).toContain("An invitation was sent to this person a moment ago.");
});
