import { Navigate } from "@tanstack/react-router";
import { useMe } from "../api/queries.ts";
import { AccountPicker } from "./account-picker.tsx";
import { activeAccounts } from "./active-accounts.ts";

/** The only active account, whose App ID is then in the URL, or the picker. */
export function HomePage() {
  const me = useMe().data;
  if (!me) return null;
  const [only, ...others] = activeAccounts(me);
  if (only && !others.length) {
    return <Navigate to="/$accountId/users" params={{ accountId: only.account_id }} search={true} replace />;
  }
  return <AccountPicker me={me} />;
}
