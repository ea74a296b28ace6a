import { Outlet, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { ActionDialogHost } from "../actions/action-dialog-host.tsx";
import { hasFailed, isLostAccess } from "../api/error-messages.ts";
import { useAccess, useAccount, useMe } from "../api/queries.ts";
import { Loading } from "../page/lazy-page.tsx";
import { LostAccessPage } from "../page/notice.tsx";
import { useRestoredFocus } from "../page/use-restored-focus.ts";
import { Shell } from "../shell/shell.tsx";
import { AccountContext } from "./account-context.ts";

/** The account of the URL with its navigation, or a notice if it is not accessible. */
export function AccountLayout() {
  const { accountId } = useParams({ from: "/$accountId" });
  return <LoadedAccount key={accountId} accountId={accountId} />;
}

function LoadedAccount({ accountId }: { accountId: string }) {
  const { data: me, refetch: readMeAgain } = useMe();
  const account = useAccount(accountId);
  const access = useAccess(accountId);
  useRestoredFocus();
  const failed = [account, access].find(hasFailed);
  const hasLostAccess = failed !== undefined && isLostAccess(failed.error);

  // Access may have ended: the notice needs the person's accounts as they are now.
  useEffect(() => {
    if (hasLostAccess) void readMeAgain();
  }, [hasLostAccess, readMeAgain]);

  if (failed) {
    return <LostAccessPage error={failed.error} retry={() => void failed.refetch()} me={me} accountId={accountId} />;
  }
  if (!account.data || !access.data || !me) return <Loading fullPage />;
  const { admin, kind, permissions } = access.data;
  const context = {
    account: account.data,
    accountId,
    me,
    isAdmin: admin,
    kind,
    may: (permission: string) => admin || permissions.includes(permission),
  };
  return (
    <AccountContext value={context}>
      <Shell>
        <ActionDialogHost>
          <Outlet />
        </ActionDialogHost>
      </Shell>
    </AccountContext>
  );
}
