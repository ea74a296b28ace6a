import { useQueryClient } from "@tanstack/react-query";
import { lazy, useEffect } from "react";
import { hasFailed } from "../api/error-messages.ts";
import { prefetchPage, useMe } from "../api/queries.ts";
import type { Me } from "../api/types.ts";
import { LazyPage, Loading } from "../page/lazy-page.tsx";
import { LostAccessPage } from "../page/notice.tsx";
import { replaceAccount, useRoute } from "../page/route.ts";
import { useSession } from "../session/store.ts";
import { AccountPage } from "./account-page.tsx";
import { AccountPicker } from "./account-picker.tsx";

const ProfileStep = lazy(() => import("../profile/profile-step.tsx"));

const activeAccounts = ({ accounts }: Me) => accounts.filter(({ status }) => status === "active");

/** Renders the account of the URL. Without one: the only active account, whose URL is then shown, or the picker. */
export function AccountGate() {
  const client = useQueryClient();
  const me = useMe();
  const { session } = useSession();
  const route = useRoute();
  const active = me.data ? activeAccounts(me.data) : [];
  const onlyAccount = active.length === 1 ? active[0]?.account_id : undefined;
  const { accountId, page, userId } = route;

  useEffect(() => {
    if (accountId) prefetchPage(client, accountId, route);
    // A changed filter is no new page: the list reads it itself.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client, accountId, page, userId]);
  useEffect(() => {
    if (!accountId && onlyAccount) replaceAccount(onlyAccount);
  }, [accountId, onlyAccount]);

  if (hasFailed(me)) return <LostAccessPage error={me.error} retry={() => void me.refetch()} />;
  if (!me.data) return <Loading fullPage />;
  if (!me.data.profile && active.length && !session?.profile_skipped) {
    return (
      <LazyPage>
        <ProfileStep me={me.data} />
      </LazyPage>
    );
  }
  if (accountId) return <AccountPage key={accountId} accountId={accountId} me={me.data} />;
  return onlyAccount ? <Loading fullPage /> : <AccountPicker me={me.data} />;
}
