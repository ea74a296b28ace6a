import { Problem, Unreachable } from "./problem.ts";

const TIMEOUT_MS = 25_000;

/** Calls `fetch` with a time-out. Throws `Unreachable` if there is no response. */
export async function fetchOrUnreachable(
  input: string | Request,
  init: Omit<RequestInit, "signal"> = {},
  timeout = TIMEOUT_MS,
): Promise<Response> {
  try {
    return await fetch(input, { ...init, signal: abortAfter(timeout) });
  } catch (error) {
    throw new Unreachable("", { cause: error });
  }
}

/** `AbortSignal.timeout`, which browsers have since 2022. */
function abortAfter(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => {
    controller.abort();
  }, milliseconds);
  return controller.signal;
}

/** Posts JSON to the API. Throws `Problem` for an error response and `Unreachable` if there is no response. */
export async function post<Answer>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetchOrUnreachable(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new Problem(response, answer);
  return answer as Answer;
}

/** Creates a generator of Idempotency-Keys: it returns the same key until the body changes. */
export function idempotencyKeys(): (body: unknown) => string {
  let last = "";
  let key = "";
  return (body) => {
    const text = JSON.stringify(body);
    if (text !== last) {
      last = text;
      key = randomKey();
    }
    return key;
  };
}

/** Returns 128 random bits; `crypto.randomUUID` is missing in browsers before 2022, and on pages without TLS. */
export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
