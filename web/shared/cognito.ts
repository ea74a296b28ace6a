import { fetchOrUnreachable } from "./http.ts";
import type { PasswordPolicy } from "./password.ts";
import { type Session, sessionFrom } from "./session.ts";

/** What a deployment tells its pages. */
export interface Config {
  region: string;
  user_pool_client_id: string;
  cognito_endpoint: string;
  password_policy: PasswordPolicy;
  /** The deployment's own page of help; null for the one at /help. */
  help_url: string | null;
  /** Where the host product is, with `{account_id}` for the App ID; null where there is only the console. */
  app_url: string | null;
}

interface AuthenticationResult {
  AccessToken: string;
  IdToken: string;
  RefreshToken?: string;
  ExpiresIn: number;
}

type Reason = "wrong_password" | "too_many_attempts" | "not_possible" | "failed";

const REASONS: Record<string, Reason> = {
  NotAuthorizedException: "wrong_password",
  UserNotFoundException: "wrong_password",
  TooManyRequestsException: "too_many_attempts",
  LimitExceededException: "too_many_attempts",
  PasswordResetRequiredException: "not_possible",
  UserNotConfirmedException: "not_possible",
  NEW_PASSWORD_REQUIRED: "not_possible",
};

/** Signing in failed. Constructed from the name of Cognito's exception or challenge. */
export class SignInError extends Error {
  readonly reason: Reason;

  constructor(name: string) {
    super(name);
    this.name = "SignInRefused";
    this.reason = REASONS[name] ?? "failed";
  }
}

let config: Promise<Config> | undefined;

async function readConfig(): Promise<Config> {
  const response = await fetchOrUnreachable("/config.json");
  if (!response.ok) throw new SignInError("NotConfigured");
  return (await response.json()) as Config;
}

/** Reads once what the deployment tells its pages; again after a failure. */
export function fetchConfig(): Promise<Config> {
  config ??= readConfig().catch((error: unknown) => {
    config = undefined;
    throw error;
  });
  return config;
}

async function call<Answer>(action: string, body: Record<string, unknown>): Promise<Answer> {
  const { cognito_endpoint, user_pool_client_id } = await fetchConfig();
  const response = await fetchOrUnreachable(`${cognito_endpoint}/`, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": `AWSCognitoIdentityProviderService.${action}`,
    },
    body: JSON.stringify({ ClientId: user_pool_client_id, ...body }),
  });
  const answer = (await response.json().catch(() => ({}))) as Answer & Failure;
  if (!response.ok) throw new SignInError(exceptionName(answer));
  return answer;
}

interface Failure {
  __type?: string;
  message?: string;
}

/** Returns the exception's name. NotAuthorizedException has three meanings that only its message tells apart. */
function exceptionName({ __type = "ServiceFailed", message = "" }: Failure): string {
  if (message.includes("attempts exceeded")) return "LimitExceededException";
  if (message.includes("disabled")) return "UserNotConfirmedException";
  return __type.replace(/.*#/, "");
}

async function initiateAuth(flow: string, parameters: Record<string, string>, refreshToken = ""): Promise<Session> {
  const answer = await call<{ AuthenticationResult?: AuthenticationResult; ChallengeName?: string }>("InitiateAuth", {
    AuthFlow: flow,
    AuthParameters: parameters,
  });
  const result = answer.AuthenticationResult;
  if (!result) throw new SignInError(answer.ChallengeName ?? "ServiceFailed");
  return sessionFrom({
    access_token: result.AccessToken,
    id_token: result.IdToken,
    refresh_token: result.RefreshToken ?? refreshToken,
    expires_in: result.ExpiresIn,
  });
}

/** Returns the canonical form in which email addresses are stored: lower case, the domain as A-label. */
export function canonicalEmail(address: string): string {
  const [, mailbox, domain] = /^(.+)@([^@]+)$/.exec(address.trim().toLowerCase()) ?? [];
  if (!mailbox || !domain) return address.trim().toLowerCase();
  return `${mailbox}@${hostname(domain)}`;
}

function hostname(domain: string): string {
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return domain;
  }
}

/** Signs in with USER_PASSWORD_AUTH, the password in NFC. Expects a canonical email; throws `SignInError` or `Unreachable`. */
export function signIn(email: string, password: string): Promise<Session> {
  return initiateAuth("USER_PASSWORD_AUTH", { USERNAME: email, PASSWORD: password.normalize() });
}

/** Renews the access token. Throws `SignInError` if the refresh token is no longer valid. */
export function refresh(session: Session): Promise<Session> {
  return initiateAuth("REFRESH_TOKEN_AUTH", { REFRESH_TOKEN: session.refresh_token }, session.refresh_token);
}

/** Revokes the refresh token. */
export async function revoke(session: Session): Promise<void> {
  await call("RevokeToken", { Token: session.refresh_token });
}
