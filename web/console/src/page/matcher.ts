/** Folds case and accents, so that a search needs neither. */
const folded = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Returns a test for texts that contain all words of the search, in any order. */
export function matcher(search: string): (text: string) => boolean {
  const words = folded(search).split(/\s+/).filter(Boolean);
  return (text) => words.every((word) => folded(text).includes(word));
}
