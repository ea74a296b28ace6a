import type { BatchResult } from "../api/batch.ts";
import { messageOfCode } from "../api/error-messages.ts";
import { fieldMessage } from "../page/form-errors.ts";
import { texts } from "../texts/index.ts";
import type { Chunk, Draft, Row, Verdict } from "./draft.ts";

/** Stores what became of the rows of a chunk. */
export function withAnswer(draft: Draft, chunk: Chunk, results: BatchResult[]): Draft {
  const outcomes = { ...draft.outcomes };
  chunk.rows.forEach((id, index) => {
    const result = results[index];
    if (result) {
      const { email, code, errors } = result;
      outcomes[id] = { email, code, errors, isInvited: result.outcome === "invited" };
    }
  });
  const chunks = draft.chunks.map((each) => (each.key === chunk.key ? { ...each, isDone: true } : each));
  return { ...draft, outcomes, chunks };
}

/** Leaves the list of those who were not invited, to be corrected. */
export const withoutInvited = (draft: Draft): Draft => ({
  ...draft,
  rows: draft.rows.filter(({ id }) => !draft.outcomes[id]?.isInvited),
  chunks: [],
  outcomes: {},
});

const LABELS = { first_name: "firstName", last_name: "lastName", email: "email" } as const;
type NameOfField = keyof typeof LABELS;

const isField = (field: string): field is NameOfField => field in LABELS;

/** Returns the fields of a row that the API does not take. */
export const badFields = (verdict: Verdict | undefined): Set<string> =>
  new Set(verdict?.code === "invalid_request" ? verdict.errors.map(({ field }) => field) : []);

/** Says why a row is refused, in the person's language. `groups` are those that were chosen for everyone. */
export function reasonOf(row: Row, { code, errors }: Verdict, groups: string[]): string {
  if (code === null) return "";
  if (code === "duplicate_row" || code === "rate_limited") return texts.many[code];
  if (code !== "invalid_request" || !errors.length) return messageOfCode(code) ?? texts.error.invalid_request;
  const reasons = errors.map(({ field }) => {
    if (!isField(field)) return fieldMessage(field.split(".")[0] ?? "", groups);
    return `${texts.field[LABELS[field]]}: ${row[field].trim() ? fieldMessage(field) : texts.error.required}`;
  });
  return [...new Set(reasons)].join(" ");
}
