import { useDebouncedCallback, useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";

/** A search is sent once typing has paused this long. */
const SEARCH_DELAY_MS = 300;

/** Returns what is searched for: the typed text without outer spaces, once typing has paused. */
export function useSearch(typed: string): string {
  const [search] = useDebouncedValue(typed.trim(), SEARCH_DELAY_MS);
  return search;
}

/**
 * Keeps what is typed into a search that is kept elsewhere, such as in the URL, and applies it once typing pauses. What is
 * applied otherwise, by a link or *Back*, replaces it. Returns the text of the field, and what sets it.
 */
export function useAppliedSearch(
  applied: string,
  apply: (search: string) => void,
): [typed: string, change: (typed: string) => void] {
  const [typed, setTyped] = useState(applied);
  const [known, setKnown] = useState(applied);
  if (known !== applied) {
    setKnown(applied);
    if (typed.trim() !== applied) setTyped(applied);
  }
  const applyLater = useDebouncedCallback((text: string) => {
    apply(text.trim());
  }, SEARCH_DELAY_MS);
  return [
    typed,
    (text) => {
      setTyped(text);
      applyLater(text);
      if (!text) applyLater.flush();
    },
  ];
}
