import { lazy } from "react";
import { ActionDialogHost } from "../actions/action-dialog-host.tsx";
import { useAccess, useAccount } from "../api/queries.ts";
import { hasFailed } from "../api/error-messages.ts";
import type { Account, Me } from "../api/types.ts";
import { useRoute } from "../page/route.ts";
import { useRestoredFocus } from "../page/use-restored-focus.ts";
import { LazyPage, Loading } from "../page/lazy-page.tsx";
import { LostAccessPage, Notice } from "../page/notice.tsx";
import { UsersPage } from "../users/users-page.tsx";
import { AccountHeader } from "./account-header.tsx";

const UserPage = lazy(() => import("../user/user-page.tsx"));
const SettingsPage = lazy(() => import("../settings/settings-page.tsx"));

export function AccountPage({ accountId, me }: { accountId: string; me: Me }) {
  const account = useAccount(accountId);
  const access = useAccess(accountId);
  useRestoredFocus();
  const failed = [account, access].find(hasFailed);

  if (failed) return <LostAccessPage error={failed.error} retry={() => void failed.refetch()} />;
  if (!account.data || !access.data) return <Loading fullPage />;
  const { admin, permissions } = access.data;
  return (
    <>
      <AccountHeader account={account.data} me={me} isAdmin={admin} />
      <ActionDialogHost>
        <Page account={account.data} isAdmin={admin} may={(permission) => admin || permissions.includes(permission)} />
      </ActionDialogHost>
    </>
  );
}

interface PageProps {
  account: Account;
  isAdmin: boolean;
  may: (permission: string) => boolean;
}

/** Renders the page of the current route, or a notice if the user lacks the permission. */
function Page({ account, isAdmin, may }: PageProps) {
  const { page, userId } = useRoute();
  if (page === "settings") {
    if (!isAdmin) return <NoPermission title="Settings" text="Only administrators can change settings." />;
    return (
      <LazyPage>
        <SettingsPage account={account} />
      </LazyPage>
    );
  }
  if (!may("users.view")) {
    return (
      <NoPermission
        title={`Welcome to ${account.name}`}
        text="Your access is active. You don’t have permission to manage users. Ask an administrator."
      />
    );
  }
  if (page === "users") return <UsersPage account={account} isAdmin={isAdmin} mayInvite={may("users.invite")} />;
  return (
    <LazyPage>
      <UserPage key={userId} account={account} userId={userId} maySeeHistory={may("journal.view")} />
    </LazyPage>
  );
}

function NoPermission({ title, text }: { title: string; text: string }) {
  return (
    <main>
      <Notice icon="lock" order={1} title={title} text={text} />
    </main>
  );
}
