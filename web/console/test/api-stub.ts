import { vi } from "vitest";

/** A request that the code under test has sent; the URL without its origin. */
export interface SentRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
}

type Answer = { status: number; body: unknown } | "pending";

/** Stands in for the API: answers by method and path ("GET /v1/me"); a request without an answer stays pending. */
export class ApiStub {
  readonly requests: SentRequest[] = [];
  readonly #answers = new Map<string, Answer>();

  /** Replaces `fetch` until the end of the test. */
  constructor() {
    vi.stubGlobal("fetch", (input: Request | string, init?: RequestInit) => this.#fetch(new Request(input, init)));
  }

  /** Answers from now on. */
  answer(route: string, body: unknown, status = 200): this {
    this.#answers.set(route, { status, body });
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
    this.requests.push({
      method: request.method,
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body: text ? (JSON.parse(text) as unknown) : undefined,
    });
    const answer = this.#answers.get(`${request.method} ${pathname}`) ?? "pending";
    if (answer === "pending") return new Promise(() => undefined);
    return Response.json(answer.body, { status: answer.status });
  }
}
