import { Center, Loader } from "@mantine/core";
import { lazy, useEffect } from "react";
import { readAccount, writeAccount } from "#shared/session.ts";
import { useMe } from "../api/queries.ts";
import { hasFailed } from "../api/error-messages.ts";
import type { Me } from "../api/types.ts";
import { useRoute } from "../page/route.ts";
import { LazyPage } from "../page/lazy-page.tsx";
import { LostAccessPage } from "../page/notice.tsx";
import { useSession } from "../session/store.ts";
import { AccountPage } from "./account-page.tsx";
import { AccountPicker } from "./account-picker.tsx";

const ProfileStep = lazy(() => import("../profile/profile-step.tsx"));

/** The account of the address, else the one opened last, else the only one. */
function chosenAccount({ accounts }: Me, fromAddress: string | undefined): string | undefined {
  if (fromAddress) return fromAddress;
  const open = accounts.filter(({ status }) => status === "active").map(({ account_id }) => account_id);
  const last = readAccount();
  if (last && open.includes(last)) return last;
  return open.length === 1 ? open[0] : undefined;
}

/** Asked for at each sign-in until it has been saved; who belongs to no account has no use for one. */
function lacksProfile({ profile, accounts }: Me): boolean {
  return !profile && accounts.some(({ status }) => status === "active");
}

export function AccountGate() {
  const me = useMe();
  const { session } = useSession();
  const { accountId: fromAddress } = useRoute();
  const accountId = me.data && chosenAccount(me.data, fromAddress);
  useEffect(() => {
    if (accountId) writeAccount(accountId);
  }, [accountId]);

  if (hasFailed(me)) return <LostAccessPage error={me.error} retry={() => void me.refetch()} />;
  if (!me.data) {
    return (
      <Center component="main" mih="100dvh">
        <Loader aria-label="Loading" role="status" />
      </Center>
    );
  }
  if (lacksProfile(me.data) && !session?.profile_skipped) {
    return (
      <LazyPage>
        <ProfileStep me={me.data} />
      </LazyPage>
    );
  }
  return accountId ? (
    <AccountPage key={accountId} accountId={accountId} me={me.data} />
  ) : (
    <AccountPicker me={me.data} />
  );
}
