import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { Problem } from "#shared/problem.ts";
import { AccountGate } from "./account/account-gate.tsx";
import { SignInPage } from "./session/sign-in-page.tsx";
import { useSession } from "./session/store.ts";

const MAX_RETRIES = 2;

export function App() {
  const { session } = useSession();
  return session ? <SignedIn /> : <SignInPage />;
}

/** Holds the query cache, which is discarded when the session ends. */
function SignedIn() {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 15_000,
            retry: (failures, error) => failures < MAX_RETRIES && !(error instanceof Problem && error.status < 500),
          },
        },
      }),
  );
  return (
    <QueryClientProvider client={client}>
      <AccountGate />
    </QueryClientProvider>
  );
}
