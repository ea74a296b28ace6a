import { texts } from "../texts/index.ts";
import { Dialog, LeaveQuestion } from "./dialog.tsx";
import { useLeaveBlocker } from "./use-leave-blocker.ts";

interface UnsavedChangesProps {
  isDirty: boolean;
  /** Other words, where something else than unsaved changes would be lost. */
  words?: { title: string; text: string; stay: string; leave: string };
}

/** Asks before a page with unsaved changes is left. */
export function UnsavedChanges({ isDirty, words }: UnsavedChangesProps) {
  const blocker = useLeaveBlocker(isDirty);
  if (blocker.status !== "blocked") return null;
  const { title = texts.common.unsavedTitle, ...question } = words ?? {};
  return (
    <Dialog title={title} onClose={blocker.reset} centered>
      <LeaveQuestion {...question} onStay={blocker.reset} onLeave={blocker.proceed} />
    </Dialog>
  );
}
