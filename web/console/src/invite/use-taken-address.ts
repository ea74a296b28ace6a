import { useState } from "react";
import type { Problem } from "#shared/problem.ts";
import { useAccountContext } from "../account/account-context.ts";
import { messageFor } from "../api/error-messages.ts";
import { isEmailAddress, readAddress } from "../page/email-address.ts";
import type { InviteForm } from "./invite-form.ts";
import { judgeAddress } from "./judge-address.ts";

/** Asks about an address as soon as it is entered, so that a duplicate, or a partner who is none, is shown before the rest is filled in. */
export function useTakenAddress(form: InviteForm) {
  const { accountId } = useAccountContext();
  const [taken, setTaken] = useState<{ email: string; problem: Problem }>();
  const current = () => readAddress(form.getValues().email);
  const check = async () => {
    const email = current();
    if (!isEmailAddress(email) || email === form.getInitialValues().email) return;
    const { kind, groups } = form.getValues();
    const problem = await judgeAddress(accountId, { kind, email, groups });
    if (!problem || current() !== email) return;
    setTaken({ email, problem });
    form.setFieldError("email", messageFor(problem));
  };
  return { problem: taken?.email === current() ? taken.problem : undefined, check: () => void check() };
}
