import { useDebouncedValue } from "@mantine/hooks";

/** A search is sent once typing has paused this long. */
export const SEARCH_DELAY_MS = 300;

/** Returns what is searched for: the typed text without outer spaces, once typing has paused. */
export function useSearch(typed: string): string {
  const [search] = useDebouncedValue(typed.trim(), SEARCH_DELAY_MS);
  return search;
}
