import { Navigate } from "@tanstack/react-router";
import { lazy } from "react";
import { useMe } from "../api/queries.ts";
import { LazyPage } from "../page/lazy-page.tsx";
import { useIsOperator } from "../session/use-is-operator.ts";

const AccountPicker = lazy(async () => ({ default: (await import("./account-picker.tsx")).AccountPicker }));

/** The only account, whose App ID is then in the URL, or the picker; all accounts for an operator without one. */
export function HomePage() {
  const me = useMe().data;
  const isOperator = useIsOperator();
  if (!me) return null;
  const [only, ...others] = me.accounts;
  if (!only && isOperator) return <Navigate to="/operator/accounts" replace />;
  if (only && !others.length && !isOperator) {
    return <Navigate to="/$accountId/users" params={{ accountId: only.account_id }} search={true} replace />;
  }
  return (
    <LazyPage>
      <AccountPicker />
    </LazyPage>
  );
}
