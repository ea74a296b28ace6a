import { useJournal } from "../api/queries.ts";
import { isLostAccess } from "../api/error-messages.ts";
import type { User } from "../api/types.ts";
import { Entries } from "../journal/entries.tsx";
import { Section } from "../page/section.tsx";
import { texts } from "../texts/index.ts";

/** The user's journal, newest first; renders nothing without the permission to read it. */
export function History({ user }: { user: User }) {
  const journal = useJournal(user.account_id, { userId: user.user_id, type: "" });
  if (journal.isError && isLostAccess(journal.error)) return null;
  return (
    <Section title={texts.user.history}>
      <Entries accountId={user.account_id} journal={journal} />
    </Section>
  );
}
