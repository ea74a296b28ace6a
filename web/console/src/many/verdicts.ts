import type { Draft, Row, Verdict } from "./draft.ts";
import { toUser } from "./draft.ts";

/** What is known about each row: the API's verdict, and the text of the row that it is about. */
export type Judged = Map<number, { of: string; verdict: Verdict }>;

export interface JudgedRow {
  row: Row;
  /** Undefined while the row is being judged. */
  verdict: Verdict | undefined;
}

/** The row as it is sent: once it differs, the row is judged again. */
export const signature = (row: Row, { choice }: Draft): string => JSON.stringify(toUser(row, choice));

const refused = (verdict: Verdict | undefined, email: string, code: string): Verdict => ({
  email: verdict?.email ?? email,
  code,
  errors: [],
});

/**
 * Combines the API's verdicts on single rows with what only the whole list shows, in its order: addresses that repeat
 * an earlier one, and seats that run out. `seats` is null without a limit.
 */
export function judgeList(draft: Draft, judged: Judged, seats: number | null): JudgedRow[] {
  const seen = new Set<string>();
  let left = seats ?? Infinity;
  return draft.rows.map((row) => {
    const known = judged.get(row.id);
    const verdict = known?.of === signature(row, draft) ? known.verdict : undefined;
    const address = verdict?.email ?? row.email.trim().toLowerCase();
    if (address && seen.has(address)) return { row, verdict: refused(verdict, address, "duplicate_row") };
    seen.add(address);
    if (verdict?.code === "duplicate_row") return { row, verdict: undefined };
    const needsSeat = verdict && (verdict.code === null || verdict.code === "no_seat_available");
    if (!needsSeat) return { row, verdict };
    left -= 1;
    if (left < 0) return { row, verdict: refused(verdict, address, "no_seat_available") };
    return { row, verdict: { ...verdict, code: null } };
  });
}
