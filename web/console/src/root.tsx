import { Text } from "@mantine/core";
import { useNetwork } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, Suspense, lazy, useEffect } from "react";
import { Gate } from "./account/gate.tsx";
import { queryClient } from "./api/query-client.ts";
import { LazyPage } from "./page/lazy-page.tsx";
import { forgetTab } from "./page/tab-storage.ts";
import { useSession } from "./session/store.ts";
import { texts } from "./texts/index.ts";
import classes from "./root.module.css";

/** If the script cannot be loaded, the page works without toasts. */
const Toasts = lazy<() => ReactNode>(() => import("./page/toasts.tsx").catch(() => ({ default: () => null })));
const SignInPage = lazy(() => import("./session/sign-in-page.tsx"));

/** The sign-in page without a session, else the page of the URL. */
export function Root() {
  const { online } = useNetwork();
  const { session, ending } = useSession();
  const isSignedIn = session !== null;
  useEffect(() => {
    if (isSignedIn) return undefined;
    queryClient.clear();
    notifications.clean();
    if (ending === "signed-out") forgetTab();
    return () => {
      // Drop notifications of requests that ended after the sign-out.
      notifications.clean();
    };
  }, [isSignedIn, ending]);
  return (
    <QueryClientProvider client={queryClient}>
      {isSignedIn && (
        <Suspense>
          <Toasts />
        </Suspense>
      )}
      {!online && (
        <Text role="status" className={classes.offline} size="sm">
          {texts.notice.offline}
        </Text>
      )}
      {isSignedIn ? (
        <Gate />
      ) : (
        <LazyPage>
          <SignInPage />
        </LazyPage>
      )}
    </QueryClientProvider>
  );
}
