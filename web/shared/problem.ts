import type { Locale } from "./texts";

export interface FieldError {
  field: string;
  message: string;
}

interface ProblemBody {
  code?: string;
  detail?: string;
  request_id?: string;
  errors?: FieldError[];
  locale?: Locale;
}

/** A refusal of the API (RFC 9457). `code` is "" when a gateway answered in our place. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string;
  readonly errors: FieldError[];
  /** Seconds to wait before trying again, 0 when the answer does not say. */
  readonly retryAfter: number;
  /** The language of whoever an invitation is for, if the refusal is of one. */
  readonly locale: Locale | undefined;

  constructor(response: Response, body: unknown) {
    const { code, detail, request_id, errors, locale } = (body ?? {}) as ProblemBody;
    super(detail ?? "");
    this.name = "Problem";
    this.status = response.status;
    this.code = code ?? "";
    this.requestId = request_id ?? "";
    this.errors = errors ?? [];
    this.locale = locale;
    this.retryAfter = Number(response.headers.get("Retry-After")) || 0;
  }
}

/** No answer came: no network, or too slow. */
export class Unreachable extends Error {}

/** Which of a form's `names` an error of the API belongs to. One about a whole, such as "phone", stands at its last part. */
export function matchField(names: string[], field: string): string | undefined {
  return (
    names.find((name) => name === field) ??
    names.find((name) => field.startsWith(`${name}.`)) ??
    names.findLast((name) => name.startsWith(`${field}.`))
  );
}
