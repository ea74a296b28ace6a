import createClient, { type Middleware } from "openapi-fetch";
import { Problem, Unreachable } from "#shared/problem.ts";
import { accessToken, endSession } from "../session/store.ts";
import type { paths } from "#shared/schema.d.ts";

const authMiddleware: Middleware = {
  async onRequest({ request }) {
    request.headers.set("Authorization", `Bearer ${await accessToken()}`);
    return request;
  },
  onResponse({ response }) {
    if (response.status === 401) endSession("expired");
  },
  onError({ error }) {
    return error instanceof TypeError ? new Unreachable("", { cause: error }) : undefined;
  },
};

export const api = createClient<paths>({ baseUrl: location.origin });
api.use(authMiddleware);

/** Returns the body of a successful response; throws `Problem` for any other. */
export async function unwrap<Body>(call: Promise<{ data?: Body; error?: unknown; response: Response }>): Promise<Body> {
  const { data, error, response } = await call;
  if (data === undefined) throw new Problem(response, error);
  return data;
}
