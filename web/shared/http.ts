import { Problem, Unreachable } from "./problem.ts";

const PATIENCE_MS = 25_000;

export async function reach(url: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS), ...init });
  } catch (error) {
    throw new Unreachable(url, { cause: error });
  }
}

/** Posts JSON to our API; throws `Problem` when it refuses and `Unreachable` when nothing answers. */
export async function post<Answer>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await reach(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new Problem(response, answer);
  return answer as Answer;
}

/** Makes the Idempotency-Key of one filling of a form: the same for the same body, a new one when it changes. */
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
