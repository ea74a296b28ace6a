import { useEffect, useReducer, useSyncExternalStore } from "react";

interface Deadlines {
  /** Sets until when something holds for an id, in milliseconds. */
  set: (id: string, until: number) => void;
  /** Returns until when it holds; 0 if it was never set. Renders again when that changes. */
  useUntil: (id: string) => number;
}

/** Keeps a moment for each id, in memory, for all components of the page. */
export function createDeadlines(): Deadlines {
  const deadlines = new Map<string, number>();
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    set: (id, until) => {
      deadlines.set(id, until);
      for (const listener of listeners) listener();
    },
    useUntil: (id) => useSyncExternalStore(subscribe, () => deadlines.get(id) ?? 0),
  };
}

const SECOND_MS = 1_000;

const secondsUntil = (until: number): number => Math.max(0, Math.ceil((until - Date.now()) / SECOND_MS));

/** Returns the seconds that are left, rounded up, and counts them down. */
export function useSecondsLeft(until: number): number {
  const [, tick] = useReducer((ticks: number) => ticks + 1, 0);
  const left = secondsUntil(until);
  const isRunning = left > 0;
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(tick, SECOND_MS);
    return () => {
      clearInterval(timer);
    };
  }, [isRunning]);
  return left;
}
