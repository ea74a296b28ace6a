import { vi } from "vitest";

/** A request that the code under test has sent; the URL without its origin. */
interface SentRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
}

interface Answer {
  status: number;
  body: unknown;
  headers: Record<string, string>;
}

/** Stands in for the API: answers by method and path ("GET /v1/me"); a request without an answer stays pending. */
export class ApiStub {
  readonly requests: SentRequest[] = [];
  readonly #answers = new Map<string, Answer>();

  /** Replaces `fetch` until the end of the test. */
  constructor() {
    vi.stubGlobal("fetch", (input: Request | string, init?: RequestInit) =>
      // Node's Request takes no relative URL, and no AbortSignal of jsdom.
      this.#fetch(
        input instanceof Request ? input : new Request(new URL(input, location.href), { ...init, signal: null }),
      ),
    );
  }

  /** Answers from now on; a function makes each answer, or the promise of it, from the request's body. */
  answer(route: string, body: unknown, status = 200, headers: Record<string, string> = {}): this {
    this.#answers.set(route, { status, body, headers });
    return this;
  }

  /** Leaves further requests pending. */
  hold(route: string): this {
    this.#answers.delete(route);
    return this;
  }

  sent(route: string): SentRequest[] {
    return this.requests.filter(({ method, path }) => `${method} ${path}` === route);
  }

  get routes(): string[] {
    return this.requests.map(({ method, path }) => `${method} ${path}`);
  }

  async #fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const text = await request.clone().text();
    const sent = text ? (JSON.parse(text) as unknown) : undefined;
    this.requests.push({
      method: request.method,
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body: sent,
    });
    const answer = this.#answers.get(`${request.method} ${pathname}`);
    if (!answer) return new Promise(() => undefined);
    const made: unknown = await (typeof answer.body === "function"
      ? (answer.body as (sent: unknown) => unknown)(sent)
      : answer.body);
    return Response.json(made, { status: answer.status, headers: answer.headers });
  }
}
