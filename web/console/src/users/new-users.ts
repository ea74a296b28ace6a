import type { User } from "../api/types.ts";
import { createDeadlines, useSecondsLeft } from "../page/deadlines.ts";

/** How long the row of someone who has just been invited is highlighted. */
const HIGHLIGHT_MS = 8_000;

const highlighted = createDeadlines();

/** Highlights a user of the list for a while. */
export const markNew = (userId: string): void => {
  highlighted.set(userId, Date.now() + HIGHLIGHT_MS);
};

interface NewRow {
  "data-new"?: true;
  ref?: (row: HTMLElement | null) => void;
}

/** Returns the attributes of a user's row: one of someone who has just been invited is highlighted, and shown. */
export function useNewRow({ user_id }: Pick<User, "user_id">): NewRow {
  const isNew = useSecondsLeft(highlighted.useUntil(user_id)) > 0;
  return isNew ? { "data-new": true, ref: show } : {};
}

const show = (row: HTMLElement | null): void => {
  row?.scrollIntoView({ block: "nearest" });
};
