import { useEffect, useRef, useState } from "react";
import { useAccountContext } from "../account/account-context.ts";
import { keepInTab, keptInTab } from "../page/tab-storage.ts";
import type { InviteForm, InviteValues } from "./invite-form.ts";

/**
 * Keeps what is entered in the tab, for this person in this account, and fills it in when the dialog is opened again.
 * A draft of another kind stays until something is entered.
 */
export function useKeptDraft(form: InviteForm, { isOff }: { isOff: boolean }) {
  const { accountId, me } = useAccountContext();
  const key = `usher.invite.${accountId}.${me.email}`;
  const [draft] = useState(() => (isOff ? "" : keptInTab(key)));
  const [isShown, setShown] = useState(false);
  const hasChanged = useRef(false);
  const values = form.isDirty() ? JSON.stringify(form.getValues()) : "";

  useEffect(() => {
    if (!draft) return;
    const kept = JSON.parse(draft) as InviteValues;
    if (kept.kind !== form.getValues().kind) return;
    form.setValues(kept);
    setShown(true);
    // Only what the dialog was opened with.
  }, []);
  useEffect(() => {
    hasChanged.current ||= values !== "";
    if (hasChanged.current && !isOff) keepInTab(key, values);
  }, [key, values, isOff]);

  return {
    /** What was entered before is shown. */
    isShown,
    startOver: () => {
      form.reset();
      setShown(false);
    },
    /** Forgets what is entered, since it has been sent or is discarded. */
    forget: () => {
      if (!isOff) keepInTab(key, "");
    },
  };
}
