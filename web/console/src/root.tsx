import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, Suspense, lazy, useEffect } from "react";
import { Gate } from "./account/gate.tsx";
import { queryClient } from "./api/query-client.ts";
import { LazyPage } from "./page/lazy-page.tsx";
import { useSession } from "./session/store.ts";

/** Without their script the page works on, and says less. */
const Toasts = lazy<() => ReactNode>(() => import("./page/toasts.tsx").catch(() => ({ default: () => null })));
const SignInPage = lazy(() => import("./session/sign-in-page.tsx"));

/** The sign-in page without a session, else the page of the URL. */
export function Root() {
  const { session } = useSession();
  const isSignedIn = session !== null;
  useEffect(() => {
    if (!isSignedIn) queryClient.clear();
  }, [isSignedIn]);
  return (
    <QueryClientProvider client={queryClient}>
      <Suspense>
        <Toasts />
      </Suspense>
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
