import { Navigate } from "@tanstack/react-router";
import { useMe } from "../api/queries.ts";
import { AccountPicker } from "./account-picker.tsx";
import { useIsOperator } from "../session/use-is-operator.ts";
import { activeAccounts } from "./active-accounts.ts";

/** The only active account, whose App ID is then in the URL, or the picker; all accounts for an operator without one. */
export function HomePage() {
  const me = useMe().data;
  const isOperator = useIsOperator();
  if (!me) return null;
  const [only, ...others] = activeAccounts(me);
  if (!only && isOperator) return <Navigate to="/operator/accounts" replace />;
  if (only && !others.length && !isOperator) {
    return <Navigate to="/$accountId/users" params={{ accountId: only.account_id }} search={true} replace />;
  }
  return <AccountPicker me={me} />;
}
