import { useEffect, useState } from "react";
import { BATCH_LIMIT, judgeBatch } from "../api/batch.ts";
import { notifyFault } from "./choice-fields.tsx";
import { type Draft, forEveryone, toUser } from "./draft.ts";
import { type Judged, judgeList, signature } from "./verdicts.ts";

/** Changes that follow each other so fast are judged together. */
const DELAY_MS = 300;

/**
 * Asks the API about every row that has changed since its last verdict, up to `BATCH_LIMIT` rows at a time, and about
 * what goes to everyone: with the rows, or with the first of them when it alone has changed.
 */
export function useVerdicts(accountId: string, draft: Draft, seats: number | null) {
  const [judged, setJudged] = useState<Judged>(() => new Map());
  const [accepted, setAccepted] = useState("");
  const [failure, setFailure] = useState<{ of: string; error: unknown }>();
  const { choice, rows } = draft;
  // What the page itself knows to be wrong is not sent.
  const common = forEveryone(notifyFault(choice.notify) ? { ...choice, notify: [] } : choice);
  const of = JSON.stringify(common);
  // An error about an earlier choice is not shown.
  const error = failure?.of === of ? failure.error : undefined;
  const list = judgeList(draft, judged, seats);
  const waiting = list.filter(({ verdict }) => !verdict).map(({ row }) => row);
  const open = waiting.length || accepted === of ? waiting : rows.slice(0, 1);
  const next = error ? [] : open.slice(0, BATCH_LIMIT);
  const asked = next.map((row) => `${String(row.id)}${signature(row, draft)}`).join("\n");

  useEffect(() => {
    if (!asked) return undefined;
    let isCurrent = true;
    const timer = setTimeout(() => {
      judgeBatch(accountId, { users: next.map((row) => toUser(row, choice)), ...common })
        .then((results) => {
          if (!isCurrent) return;
          setAccepted(of);
          setFailure(undefined);
          setJudged((before) => {
            const after = new Map(before);
            next.forEach((row, index) => {
              const result = results[index];
              if (result) after.set(row.id, { of: signature(row, draft), verdict: result });
            });
            return after;
          });
        })
        .catch((reason: unknown) => {
          if (isCurrent) setFailure({ of, error: reason });
        });
    }, DELAY_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
    // `asked` and `of` name everything that is sent.
  }, [accountId, asked, of]);

  return {
    list,
    waiting: waiting.length,
    /** What goes to everyone is accepted. */
    isJudged: accepted === of,
    error,
    retry: () => {
      setFailure(undefined);
    },
  };
}
