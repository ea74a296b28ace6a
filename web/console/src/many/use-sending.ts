import { useEffect, useRef, useState } from "react";
import { Problem, Unreachable } from "#shared/problem.ts";
import { type BatchResult, inviteBatch } from "../api/batch.ts";
import { type Chunk, type Draft, toBatch } from "./draft.ts";

/** Waits before an attempt is repeated, unless the API names one. */
const WAITS_MS = [1_000, 4_000];

/** The longest wait that the API may ask for without the person being asked. */
const LONGEST_WAIT_MS = 30_000;

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Returns true if the same request may succeed a moment later. */
const isPassing = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof Problem && (error.status >= 500 || error.code === "conflict"));

/** Sends a chunk, and the same again after passing failures. */
async function sendChunk(accountId: string, draft: Draft, chunk: Chunk): Promise<BatchResult[]> {
  for (const wait of WAITS_MS) {
    try {
      return await inviteBatch(accountId, toBatch(draft, chunk), chunk.key);
    } catch (error) {
      if (!isPassing(error)) throw error;
      const asked = error instanceof Problem ? 1_000 * error.retryAfter : 0;
      if (asked > LONGEST_WAIT_MS) throw error;
      await pause(asked || wait);
    }
  }
  return inviteBatch(accountId, toBatch(draft, chunk), chunk.key);
}

interface SendingOptions {
  accountId: string;
  onAnswer: (chunk: Chunk, results: BatchResult[]) => void;
  onEnd: () => void;
}

/** Sends the chunks of a list one after the other, until all are answered, one fails or the person stops. */
export function useSending({ accountId, onAnswer, onEnd }: SendingOptions) {
  const [isRunning, setRunning] = useState(false);
  const [isStopping, setStopping] = useState(false);
  const [error, setError] = useState<unknown>();
  const stopped = useRef(false);
  // Once the page is left, an answer is no longer kept: the person may have signed out, or have opened the list again.
  const gone = useRef(false);
  const isStopped = () => stopped.current;
  const isGone = () => gone.current;
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);

  const start = async (draft: Draft): Promise<void> => {
    stopped.current = false;
    setError(undefined);
    setRunning(true);
    try {
      for (const chunk of draft.chunks) {
        if (chunk.isDone || isStopped()) continue;
        const results = await sendChunk(accountId, draft, chunk);
        if (isGone()) return;
        onAnswer(chunk, results);
      }
    } catch (reason) {
      setError(reason);
    } finally {
      setRunning(false);
      setStopping(false);
      onEnd();
    }
  };

  return {
    isRunning,
    /** No further request is sent, and the one under way is not answered yet. */
    isStopping,
    error,
    start: (draft: Draft) => void start(draft),
    stop: () => {
      stopped.current = true;
      setStopping(true);
    },
  };
}
