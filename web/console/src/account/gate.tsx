import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useLocation, useParams } from "@tanstack/react-router";
import { lazy, useEffect, useState } from "react";
import { hasFailed } from "../api/error-messages.ts";
import { prefetchPage, useMe } from "../api/queries.ts";
import type { Me } from "../api/types.ts";
import { LazyPage, Loading } from "../page/lazy-page.tsx";
import { LostAccessPage } from "../page/notice.tsx";
import { updateSession, useSession } from "../session/store.ts";
import { loadLocale } from "../texts/index.ts";

const ProfileStep = lazy(() => import("../profile/profile-step.tsx"));

/** Loads the person and their language; shows the profile step until it is done, then the page of the URL. */
export function Gate() {
  const client = useQueryClient();
  const me = useMe();
  const { session } = useSession();
  const { accountId, userId } = useParams({ strict: false });
  const { pathname, searchStr } = useLocation();
  const hasLanguage = usePersonsLanguage(me.data?.locale);

  useEffect(() => {
    if (accountId) prefetchPage(client, { accountId, userId, page: pathname.split("/")[2] ?? "", search: searchStr });
    // A changed filter is no new page: the list reads it itself.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client, accountId, userId, pathname]);

  if (hasFailed(me)) return <LostAccessPage error={me.error} retry={() => void me.refetch()} />;
  if (!me.data || !hasLanguage) return <Loading fullPage />;
  if (!me.data.profile && me.data.accounts.length && !session?.profile_skipped) {
    return (
      <LazyPage>
        <ProfileStep me={me.data} />
      </LazyPage>
    );
  }
  return <Outlet />;
}

/** Applies the person's language. Returns true once it has been tried, also if it could not be loaded. */
function usePersonsLanguage(locale: Me["locale"] | undefined): boolean {
  const [tried, setTried] = useState<Me["locale"]>();
  useEffect(() => {
    if (!locale) return;
    updateSession({ locale });
    void loadLocale(locale).then(() => {
      setTried(locale);
    });
  }, [locale]);
  return locale !== undefined && tried !== undefined;
}
