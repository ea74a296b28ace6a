import { useRef, useState } from "react";
import { randomKey } from "#shared/http.ts";
import { useAccountContext } from "../account/account-context.ts";
import { BATCH_LIMIT, type InvitationBatch, type BatchResult } from "../api/batch.ts";
import type { Account, Settings } from "../api/types.ts";
import { keepInTab, keptInTab } from "../page/tab-storage.ts";
import type { Person } from "./people.ts";

/** Rows that one list can hold. */
export const ROW_LIMIT = 5_000;

export interface Row extends Person {
  id: number;
}

/** What is chosen once for everyone of the list. */
export interface Choice {
  admin: boolean;
  groups: string[];
  locale: Settings["locale"];
  message: string;
  notify: string[];
}

/** The API's answer about a row. */
export type Verdict = Pick<BatchResult, "email" | "code" | "errors"> & { isInvited?: boolean };

/** One request, with everything that makes its repetition the same request. */
export interface Chunk {
  key: string;
  rows: number[];
  isDone: boolean;
}

/** A list on its way: it is kept in the tab until its result is left. */
export interface Draft {
  rows: Row[];
  choice: Choice;
  /** Empty until the invitations are sent. */
  chunks: Chunk[];
  /** What became of each row, by its id. */
  outcomes: Record<number, Verdict>;
}

const emptyDraft = ({ settings }: Account): Draft => ({
  rows: [],
  choice: { admin: false, groups: [], locale: settings.locale, message: "", notify: [] },
  chunks: [],
  outcomes: {},
});

/** Adds people to a list, in their order. */
export function withPeople(draft: Draft, people: Person[]): Draft {
  const next = 1 + Math.max(0, ...draft.rows.map(({ id }) => id));
  return { ...draft, rows: [...draft.rows, ...people.map((person, index) => ({ ...person, id: next + index }))] };
}

/** Divides the rows that can be invited into requests; `kept` has the verdicts on the others. */
export function withChunks(draft: Draft, ready: Row[], kept: Record<number, Verdict>): Draft {
  const chunks: Chunk[] = [];
  for (let start = 0; start < ready.length; start += BATCH_LIMIT) {
    const rows = ready.slice(start, start + BATCH_LIMIT).map(({ id }) => id);
    chunks.push({ key: randomKey(), rows, isDone: false });
  }
  return { ...draft, chunks, outcomes: kept };
}

/** Builds a row of the request. */
export const toUser = (row: Person, { admin, groups, locale }: Choice): InvitationBatch["users"][number] => ({
  first_name: row.first_name,
  last_name: row.last_name || null,
  email: row.email,
  admin,
  groups: admin ? [] : groups,
  locale,
});

/** Builds the part of the request that goes to everyone. */
export const forEveryone = ({ message, notify }: Choice): Required<Pick<InvitationBatch, "message" | "notify">> => ({
  message: message.trim() || null,
  notify,
});

/** Builds the request of a chunk, which is the same at each attempt. */
export function toBatch({ rows, choice }: Draft, chunk: Chunk): InvitationBatch {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const chosen = chunk.rows.map((id) => byId.get(id)).filter((row): row is Row => row !== undefined);
  return {
    users: chosen.map((row) => toUser(row, choice)),
    ...forEveryone(choice),
  };
}

/** The list of this person in this account, which a reload of the page keeps. */
export function useDraft() {
  const { account, accountId, me } = useAccountContext();
  const storageKey = `usher.many.${accountId}.${me.email}`;
  const [draft, setDraft] = useState<Draft>(() => {
    const kept = keptInTab(storageKey);
    return kept ? (JSON.parse(kept) as Draft) : emptyDraft(account);
  });
  // The newest list, also for an answer that arrives before the page has shown the one before.
  const current = useRef(draft);
  const change = (next: (draft: Draft) => Draft): Draft => {
    const changed = next(current.current);
    current.current = changed;
    keepInTab(storageKey, changed.rows.length ? JSON.stringify(changed) : "");
    setDraft(changed);
    return changed;
  };
  return {
    draft,
    change,
    clear: () => {
      change(() => emptyDraft(account));
    },
  };
}
