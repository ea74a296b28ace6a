import { Center, Loader } from "@mantine/core";
import { lazy } from "react";
import { ActingProvider } from "../actions/acting.tsx";
import { useAccess, useAccount } from "../api/queries.ts";
import { hasFailed } from "../api/refusals.ts";
import type { Account, Me } from "../api/types.ts";
import { useAddress } from "../page/address.ts";
import { useKeptFocus } from "../page/kept-focus.ts";
import { LoadOnDemand } from "../page/load-on-demand.tsx";
import { LostAccessPage, Notice } from "../page/notice-page.tsx";
import { UsersPage } from "../users/users-page.tsx";
import { AccountHeader } from "./account-header.tsx";

const UserPage = lazy(() => import("../user/user-page.tsx"));
const SettingsPage = lazy(() => import("../settings/settings-page.tsx"));

export function AccountPage({ accountId, me }: { accountId: string; me: Me }) {
  const account = useAccount(accountId);
  const access = useAccess(accountId);
  useKeptFocus();
  const failed = [account, access].find(hasFailed);

  if (failed) return <LostAccessPage error={failed.error} retry={() => void failed.refetch()} />;
  if (!account.data || !access.data) {
    return (
      <Center component="main" mih="100dvh">
        <Loader aria-label="Loading" role="status" />
      </Center>
    );
  }
  const { admin, permissions } = access.data;
  return (
    <>
      <AccountHeader account={account.data} me={me} isAdmin={admin} />
      <ActingProvider>
        <Page account={account.data} isAdmin={admin} may={(permission) => admin || permissions.includes(permission)} />
      </ActingProvider>
    </>
  );
}

interface PageProps {
  account: Account;
  isAdmin: boolean;
  may: (permission: string) => boolean;
}

/** The page that the address names, for those who may see it. */
function Page({ account, isAdmin, may }: PageProps) {
  const { page, userId } = useAddress();
  if (page === "settings") {
    if (!isAdmin) return <NotForYou title="Settings" text="Only administrators change the settings of an account." />;
    return (
      <LoadOnDemand>
        <SettingsPage account={account} />
      </LoadOnDemand>
    );
  }
  if (!may("users.view")) {
    return (
      <NotForYou
        title={`Welcome to ${account.name}`}
        text="Your access is active. Managing users needs a permission that you do not have; an administrator can give it to you."
      />
    );
  }
  if (page === "users") return <UsersPage account={account} isAdmin={isAdmin} mayInvite={may("users.invite")} />;
  return (
    <LoadOnDemand>
      <UserPage key={userId} account={account} userId={userId} maySeeHistory={may("journal.view")} />
    </LoadOnDemand>
  );
}

function NotForYou({ title, text }: { title: string; text: string }) {
  return (
    <main>
      <Notice icon="lock" order={1} title={title} text={text} />
    </main>
  );
}
