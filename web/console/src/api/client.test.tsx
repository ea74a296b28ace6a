import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { signInForTest } from "../../test/render.tsx";

beforeEach(() => {
  signInForTest();
  vi.resetModules();
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => {
      reject(new DOMException("", "AbortError"));
    });
  });

/** What the network does, given the signal of a request. */
const NETWORKS: [string, (signal: AbortSignal) => Promise<Response>][] = [
  ["that is not answered", aborted],
  ["that is answered in part", (signal) => Promise.resolve(answerThatBreaksOff(signal))],
];

function answerThatBreaksOff(signal: AbortSignal): Response {
  const response = new Response("{");
  vi.spyOn(response, "text").mockImplementation(() => aborted(signal));
  return response;
}

test("a request whose connection is reset within the body is lost", async () => {
  const response = new Response("{");
  vi.spyOn(response, "text").mockRejectedValue(new TypeError("network error"));
  vi.stubGlobal("fetch", () => Promise.resolve(response));
  const { api, unwrap } = await import("./client.ts");
  const problem = await import("#shared/problem.ts");

  await expect(unwrap(api.GET("/v1/me"))).rejects.toBeInstanceOf(problem.Unreachable);
});

test.each(NETWORKS)("a request %s is given up after 40 s", async (_, network) => {
  vi.stubGlobal("fetch", (_request: Request, init: RequestInit = {}) =>
    init.signal ? network(init.signal) : new Promise<never>(() => undefined),
  );
  const { api, unwrap } = await import("./client.ts");
  const problem = await import("#shared/problem.ts");
  const failed = vi.fn();
  unwrap(api.GET("/v1/me")).catch(failed);

  await vi.advanceTimersByTimeAsync(39_000);
  expect(failed).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);

  expect(failed).toHaveBeenCalledWith(expect.any(problem.Unreachable));
});
