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

/** Answers all requests with 401, once the function is called that it returns. */
function refusal() {
  let refuse: () => void = vi.fn();
  const isRefused = new Promise<void>((resolve) => {
    refuse = resolve;
  });
  vi.stubGlobal("fetch", () => isRefused.then(() => Response.json({ code: "unauthorized" }, { status: 401 })));
  return refuse;
}

const renewed = { access_token: "newer", id_token: "id", refresh_token: "newer", expires_in: 3600 };

test("a token that is refused ends its session", async () => {
  const refuse = refusal();
  const { api, unwrap } = await import("./client.ts");
  const asked = unwrap(api.GET("/v1/me"));
  refuse();

  await expect(asked).rejects.toMatchObject({ status: 401 });

  const { readSession } = await import("#shared/session.ts");
  expect(readSession()).toBeNull();
});

test("a token that is refused does not end a session that has begun since", async () => {
  const refuse = refusal();
  const { api, unwrap } = await import("./client.ts");
  const { renewSession } = await import("../session/store.ts");
  const asked = unwrap(api.GET("/v1/me"));
  // The request has its token.
  await vi.advanceTimersByTimeAsync(0);
  renewSession(renewed);
  refuse();

  await expect(asked).rejects.toMatchObject({ status: 401 });

  const { readSession } = await import("#shared/session.ts");
  expect(readSession()).toMatchObject({ access_token: "newer" });
});

test("a session that cannot be renewed does not end one that has begun since", async () => {
  signInForTest({ expires_at: Date.now() });
  let answer: (response: Response) => void = vi.fn();
  const answered = new Promise<Response>((resolve) => {
    answer = resolve;
  });
  const config = { user_pool_client_id: "client", cognito_endpoint: "https://cognito.example" };
  vi.stubGlobal("fetch", (input: string) =>
    input === "/config.json" ? Promise.resolve(Response.json(config)) : answered,
  );
  const { accessToken, renewSession } = await import("../session/store.ts");
  const token = accessToken();
  await vi.advanceTimersByTimeAsync(0);
  renewSession(renewed);
  const refused = { __type: "NotAuthorizedException", message: "Refresh Token has been revoked" };
  answer(Response.json(refused, { status: 400 }));

  await expect(token).rejects.toMatchObject({ reason: "wrong_password" });

  const { readSession } = await import("#shared/session.ts");
  expect(readSession()).toMatchObject({ access_token: "newer" });
});
