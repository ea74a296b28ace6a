import { Problem, Unreachable } from "./problem.ts";

const TIMEOUT_MS = 25_000;

/** Calls `fetch` with a time-out of 25 s. Throws `Unreachable` if there is no response. */
export async function fetchOrUnreachable(url: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), ...init });
  } catch (error) {
    throw new Unreachable(url, { cause: error });
  }
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
      key = crypto.randomUUID();
    }
    return key;
  };
}
