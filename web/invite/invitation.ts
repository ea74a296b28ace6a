import type { Complete } from "#shared/complete.ts";
import { idempotencyKeys, post } from "#shared/http.ts";
import type { components } from "#shared/schema.d.ts";
import type { Session } from "#shared/session.ts";
import { accountOf } from "./link.ts";

type Schemas = components["schemas"];

export type Account = Schemas["AccountName"];
export type Preview = Complete<Schemas["PreviewView"]>;

/** API client for one invitation token. Each POST carries an Idempotency-Key that stays the same for the same body. */
export function invitation(token: string) {
  const keyOf = idempotencyKeys();
  const send = <Answer>(action: string, body: object, headers: Record<string, string> = {}) =>
    post<Answer>(`/v1/invitations/${action}`, body, { ...headers, "Idempotency-Key": keyOf(body) });
  return {
    token,
    /** As the token claims, not verified: for links only, not for access. */
    accountId: accountOf(token),
    preview: () => post<Preview>("/v1/invitations/preview", { token } satisfies Schemas["TokenBody"]),
    accept: (registration: Omit<Schemas["Acceptance"], "token">) =>
      send<Schemas["AcceptedView"]>("accept", { token, ...registration } satisfies Schemas["Acceptance"]),
    decline: () => send<Schemas["DeclinedView"]>("decline", { token } satisfies Schemas["TokenBody"]),
    requestNewLink: () => send<Schemas["RequestedView"]>("request-new", { token } satisfies Schemas["TokenBody"]),
    join: (termsVersion: string | null, session: Session) =>
      send<Schemas["JoinedView"]>("join", { token, terms_version: termsVersion } satisfies Schemas["Joining"], {
        Authorization: `Bearer ${session.access_token}`,
      }),
  };
}

export type Invitation = ReturnType<typeof invitation>;
