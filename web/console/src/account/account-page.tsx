import { Center, Loader } from "@mantine/core";
import { useAccess, useAccount } from "../api/queries.ts";
import type { Me } from "../api/types.ts";
import { LostAccessPage, Notice } from "../page/notice-page.tsx";
import { UsersPage } from "../users/users-page.tsx";
import { AccountHeader } from "./account-header.tsx";

export function AccountPage({ accountId, me }: { accountId: string; me: Me }) {
  const account = useAccount(accountId);
  const access = useAccess(accountId);
  const failed = [account, access].find((query) => query.isError);

  if (failed) return <LostAccessPage error={failed.error} retry={() => void failed.refetch()} />;
  if (!account.data || !access.data) {
    return (
      <Center component="main" mih="100dvh">
        <Loader aria-label="Loading" role="status" />
      </Center>
    );
  }
  const may = (permission: string) => access.data.admin || access.data.permissions.includes(permission);
  return (
    <>
      <AccountHeader account={account.data} me={me} />
      {may("users.view") ? (
        <UsersPage account={account.data} isAdmin={access.data.admin} mayInvite={may("users.invite")} />
      ) : (
        <main>
          <Notice
            icon="lock"
            order={1}
            title={`Welcome to ${account.data.name}`}
            text="Your access is active. Managing users needs a permission that you do not have; an administrator can give it to you."
          />
        </main>
      )}
    </>
  );
}
