import createClient, { type Middleware } from "openapi-fetch";
import { fetchOrUnreachable } from "#shared/http.ts";
import { Problem, Unreachable } from "#shared/problem.ts";
import { accessToken, expireSession } from "../session/store.ts";
import type { paths } from "#shared/schema.d.ts";

const authMiddleware: Middleware = {
  async onRequest({ request }) {
    request.headers.set("Authorization", `Bearer ${await accessToken()}`);
    return request;
  },
  onResponse({ request, response }) {
    if (response.status === 401) expireSession(request.headers.get("Authorization")?.replace("Bearer ", "") ?? "");
  },
};

/** The API answers within 30 s; after that the connection is lost. */
const TIMEOUT_MS = 40_000;

export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: (request) => fetchOrUnreachable(request, {}, TIMEOUT_MS),
});
api.use(authMiddleware);

interface Answer<Body> {
  data?: Body;
  error?: unknown;
  response: Response;
}

/** Returns the body of a successful response; throws `Problem` for any other, `Unreachable` if it breaks off. */
export async function unwrap<Body>(call: Promise<Answer<Body>>): Promise<Body> {
  const { data, error, response } = await call.catch((reason: unknown) => {
    const isBrokenOff = reason instanceof DOMException || reason instanceof TypeError;
    throw isBrokenOff ? new Unreachable("", { cause: reason }) : reason;
  });
  if (data === undefined) throw new Problem(response, error);
  return data;
}
