import { Outlet, useParams } from "@tanstack/react-router";
import { ActionDialogHost } from "../actions/action-dialog-host.tsx";
import { hasFailed } from "../api/error-messages.ts";
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
  const me = useMe().data;
  const account = useAccount(accountId);
  const access = useAccess(accountId);
  useRestoredFocus();
  const failed = [account, access].find(hasFailed);

  if (failed) {
    const membership = me?.accounts.find(({ account_id }) => account_id === accountId);
    return <LostAccessPage error={failed.error} retry={() => void failed.refetch()} membership={membership} />;
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
