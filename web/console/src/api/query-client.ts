import { QueryClient } from "@tanstack/react-query";
import { isRefused } from "./error-messages.ts";

const MAX_RETRIES = 2;

/** Everything that was read from the API; cleared when the session ends. */
export const queryClient = new QueryClient({
  defaultOptions: {
    // Without a connection a request fails at once: none waits unseen, to be sent after its dialog was cancelled.
    mutations: { networkMode: "always" },
    queries: {
      networkMode: "always",
      refetchOnReconnect: true,
      staleTime: 15_000,
      retry: (failures, error) => failures < MAX_RETRIES && !isRefused(error),
    },
  },
});
