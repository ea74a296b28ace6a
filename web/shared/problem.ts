import type { Locale } from "./texts";

export interface FieldError {
  field: string;
  message: string;
  /** Code of the rule that is broken, where the page has words of its own for it. */
  reason?: string;
}

interface ProblemBody {
  code?: string;
  detail?: string;
  request_id?: string;
  errors?: FieldError[];
  locale?: Locale;
  sent_at?: string | null;
  user_id?: string;
  user_count?: number;
  account_ids?: string[];
}

/** An error response of the API (RFC 9457). `code` is "" if the response came from a gateway. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string;
  readonly errors: FieldError[];
  /** Retry-After in seconds; 0 if absent. */
  readonly retryAfter: number;
  /** Language of the invitation, if the error is about one. */
  readonly locale: Locale | undefined;
  /** When the newer link was sent, if the error is about a replaced one. */
  readonly sentAt: string | undefined;

  /** The user whom the error is about, for callers who may see them. */
  readonly userId: string | undefined;
  /** How many users are in the group that the error is about. */
  readonly userCount: number | undefined;
  /** The accounts that the error is about. */
  readonly accountIds: string[];

  constructor(response: Response, body: unknown) {
    const { code, detail, request_id, errors, locale, sent_at, user_id, user_count, account_ids } = (body ??
      {}) as ProblemBody;
    super(detail ?? "");
    this.name = "Problem";
    this.status = response.status;
    this.code = code ?? "";
    this.requestId = request_id ?? "";
    this.errors = errors ?? [];
    this.locale = locale;
    this.sentAt = sent_at ?? undefined;
    this.userId = user_id;
    this.userCount = user_count;
    this.accountIds = account_ids ?? [];
    this.retryAfter = Number(response.headers.get("Retry-After")) || 0;
  }
}

/** There was no response: no network, or a time-out. */
export class Unreachable extends Error {}

/**
 * Returns the form field for an error of the API: the field itself, the field that contains it ("notify.3" -> "notify"),
 * or the last field inside it ("phone" -> "phone.number").
 */
export function matchField(names: string[], field: string): string | undefined {
  return (
    names.find((name) => name === field) ??
    names.find((name) => field.startsWith(`${name}.`)) ??
    [...names].reverse().find((name) => name.startsWith(`${field}.`))
  );
}
