import { Center, Loader } from "@mantine/core";
import { useEffect } from "react";
import { readAccount, writeAccount } from "#shared/session.ts";
import { useMe } from "../api/queries.ts";
import type { Me } from "../api/types.ts";
import { useAddress } from "../page/address.ts";
import { LostAccessPage } from "../page/notice-page.tsx";
import { AccountPage } from "./account-page.tsx";
import { AccountPicker } from "./account-picker.tsx";

/** The account of the address, else the one opened last, else the only one. */
function chosenAccount({ accounts }: Me, fromAddress: string | undefined): string | undefined {
  if (fromAddress) return fromAddress;
  const open = accounts.filter(({ status }) => status === "active").map(({ account_id }) => account_id);
  const last = readAccount();
  if (last && open.includes(last)) return last;
  return open.length === 1 ? open[0] : undefined;
}

export function AccountGate() {
  const me = useMe();
  const { accountId: fromAddress } = useAddress();
  const accountId = me.data && chosenAccount(me.data, fromAddress);
  useEffect(() => {
    if (accountId) writeAccount(accountId);
  }, [accountId]);

  if (me.isError) return <LostAccessPage error={me.error} retry={() => void me.refetch()} />;
  if (!me.data) {
    return (
      <Center component="main" mih="100dvh">
        <Loader aria-label="Loading" role="status" />
      </Center>
    );
  }
  return accountId ? (
    <AccountPage key={accountId} accountId={accountId} me={me.data} />
  ) : (
    <AccountPicker me={me.data} />
  );
}
