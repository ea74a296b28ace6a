import { Text } from "@mantine/core";
import { useState } from "react";
import { useAccountContext } from "../account/account-context.ts";
import { useRefreshAfterChange } from "../api/queries.ts";
import { BackLink } from "../page/back-link.tsx";
import { NoPermissionPage } from "../page/notice.tsx";
import { Page } from "../page/page.tsx";
import { UnsavedChanges } from "../page/unsaved-changes.tsx";
import { texts } from "../texts/index.ts";
import { withAnswer, withoutInvited } from "./answers.ts";
import { useDraft, withChunks, withPeople } from "./draft.ts";
import { ListStep } from "./list-step.tsx";
import { ResultStep } from "./result-step.tsx";
import { SourceStep } from "./source-step.tsx";
import { useSending } from "./use-sending.ts";

export function InviteManyRoute() {
  const { may } = useAccountContext();
  if (!may("users.invite")) return <NoPermissionPage title={texts.many.title} text={texts.notice.noPermission} />;
  return <InviteManyPage />;
}

/** Invites the people of a pasted list or a file: it is read, checked, corrected and sent (rule 7). */
export function InviteManyPage() {
  const t = texts.many;
  const { account, accountId } = useAccountContext();
  const { draft, change, clear } = useDraft();
  const [note, setNote] = useState("");
  const sending = useSending({
    accountId,
    onAnswer: (chunk, results) => {
      change((current) => withAnswer(current, chunk, results));
    },
    onEnd: useRefreshAfterChange(accountId),
  });
  return (
    <Page
      title={t.title}
      tab={`${t.title} · ${account.name}`}
      lead={
        <>
          {!draft.chunks.length && <Text c="dimmed">{t.lead}</Text>}
          <BackLink accountId={accountId} />
        </>
      }
      size="72rem"
    >
      <UnsavedChanges isDirty={sending.isRunning} words={t.leaving} />
      {draft.chunks.length ? (
        <ResultStep
          draft={draft}
          sending={sending}
          onClear={clear}
          onCorrect={() => {
            change(withoutInvited);
          }}
        />
      ) : draft.rows.length ? (
        <ListStep
          draft={draft}
          change={change}
          note={note}
          onNote={setNote}
          onClear={clear}
          onSend={(ready, kept) => {
            setNote("");
            sending.start(change((current) => withChunks(current, ready, kept)));
          }}
        />
      ) : (
        <SourceStep
          taken={0}
          onRead={(people, unused) => {
            setNote(unused);
            change((current) => withPeople(current, people));
          }}
        />
      )}
    </Page>
  );
}
