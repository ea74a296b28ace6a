import { useState } from "react";
import { Problem } from "#shared/problem.ts";
import { useAccountContext } from "../account/account-context.ts";
import { judgeBatch } from "../api/batch.ts";
import { messageFor } from "../api/error-messages.ts";
import { isEmailAddress, readAddress } from "../page/email-address.ts";
import { FIELD_OF_CODE, type InviteForm } from "./invite-form.ts";

/** A name that is always accepted: only the address is asked about. */
const ANY_NAME = "A";

/** Asks about an address as soon as it is entered, so that a duplicate, or a partner who is none, is shown before the rest is filled in. */
export function useTakenAddress(form: InviteForm) {
  const { accountId } = useAccountContext();
  const [taken, setTaken] = useState<{ email: string; problem: Problem }>();
  const current = () => readAddress(form.getValues().email);
  const check = async () => {
    const email = current();
    if (!isEmailAddress(email)) return;
    const { kind, groups } = form.getValues();
    const row = { kind, first_name: ANY_NAME, last_name: ANY_NAME, email, groups };
    const [result] = await judgeBatch(accountId, [row]).catch(() => []);
    if (!result?.code || !(result.code in FIELD_OF_CODE) || current() !== email) return;
    const problem = new Problem(new Response(null, { status: 409 }), { code: result.code, user_id: result.user_id });
    setTaken({ email, problem });
    form.setFieldError("email", messageFor(problem));
  };
  return { problem: taken?.email === current() ? taken.problem : undefined, check: () => void check() };
}
