import { useEffect, useState } from "react";
import { BATCH_LIMIT, judgeBatch } from "../api/batch.ts";
import { type Draft, toUser } from "./draft.ts";
import { type Judged, judgeList, signature } from "./verdicts.ts";

/** Changes that follow each other so fast are judged together. */
const DELAY_MS = 300;

/** Asks the API about every row that has changed since its last verdict, up to `BATCH_LIMIT` rows at a time. */
export function useVerdicts(accountId: string, draft: Draft, seats: number | null) {
  const [judged, setJudged] = useState<Judged>(() => new Map());
  const [error, setError] = useState<unknown>();
  const list = judgeList(draft, judged, seats);
  const waiting = list.filter(({ verdict }) => !verdict).map(({ row }) => row);
  const next = error ? [] : waiting.slice(0, BATCH_LIMIT);
  const asked = next.map((row) => `${String(row.id)}${signature(row, draft)}`).join("\n");

  useEffect(() => {
    if (!asked) return undefined;
    let isCurrent = true;
    const timer = setTimeout(() => {
      judgeBatch(accountId, { users: next.map((row) => toUser(row, draft.choice)) })
        .then((results) => {
          if (!isCurrent) return;
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
          if (isCurrent) setError(reason);
        });
    }, DELAY_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
    // `asked` names everything that is sent.
  }, [accountId, asked]);

  return {
    list,
    waiting: waiting.length,
    error,
    retry: () => {
      setError(undefined);
    },
  };
}
