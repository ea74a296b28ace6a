import { useRef, useState } from "react";
import { randomKey } from "#shared/http.ts";
import { isRefusal } from "../api/error-messages.ts";
import type { User } from "../api/types.ts";

export interface Outcome {
  user: User;
  state: "waiting" | "running" | "done" | "failed";
  /** Why it failed. */
  error: string;
  lacksSeat?: boolean;
}

/** How many requests are under way at a time: more would only be throttled. */
const AT_A_TIME = 3;

interface BulkRun {
  /** One for each user, in their order; empty before the start. */
  outcomes: Outcome[];
  isRunning: boolean;
  /** No further request is started, and those under way are not answered yet. */
  isStopping: boolean;
  start: (users: User[]) => void;
  /** Repeats the failed requests with their first keys, so that one that did succeed has no second effect. */
  retry: () => void;
  /** Starts no further request. */
  stop: () => void;
}

interface BulkRunOptions {
  send: (user: User, key: string) => Promise<unknown>;
  /** Says why a request has failed. */
  explain: (error: unknown) => string;
  onSettled: () => void;
}

/** Sends a request for each of several users, a few at a time. One that fails stops no other. */
export function useBulkRun({ send, explain, onSettled }: BulkRunOptions): BulkRun {
  const [outcomes, setOutcomes] = useState<Outcome[]>([]);
  const [isRunning, setIsRunning] = useState(false);
  const keys = useRef(new Map<string, string>());
  const [isStopping, setIsStopping] = useState(false);
  const isStopped = useRef(false);

  const note = (user: User, change: Partial<Outcome>) => {
    setOutcomes((all) => all.map((one) => (one.user.user_id === user.user_id ? { ...one, ...change } : one)));
  };

  const sendOne = async (user: User) => {
    note(user, { state: "running", error: "", lacksSeat: false });
    const key = keys.current.get(user.user_id) ?? randomKey();
    keys.current.set(user.user_id, key);
    try {
      await send(user, key);
      note(user, { state: "done" });
    } catch (error) {
      note(user, { state: "failed", error: explain(error), lacksSeat: isRefusal(error, "no_seat_available") });
    }
  };

  const run = async (users: User[]) => {
    isStopped.current = false;
    setIsRunning(true);
    const waiting = [...users];
    const work = async () => {
      for (let next = waiting.shift(); next && !isStopped.current; next = waiting.shift()) await sendOne(next);
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    setIsRunning(false);
    setIsStopping(false);
    onSettled();
  };

  return {
    outcomes,
    isRunning,
    isStopping,
    start: (users) => {
      setOutcomes(users.map((user) => ({ user, state: "waiting", error: "" })));
      void run(users);
    },
    retry: () => {
      void run(outcomes.flatMap(({ user, state }) => (state === "done" ? [] : [user])));
    },
    stop: () => {
      isStopped.current = true;
      setIsStopping(isRunning);
    },
  };
}
