import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, useEffect } from "react";
import { Gate } from "./account/gate.tsx";
import { queryClient } from "./api/query-client.ts";
import { LazyPage } from "./page/lazy-page.tsx";
import { useSession } from "./session/store.ts";

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
      <Notifications position="bottom-center" />
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
