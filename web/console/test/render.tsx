import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type RenderResult, render } from "@testing-library/react";
import { type UserEvent, userEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";
import { writeSession } from "#shared/session.ts";
import { theme, variables } from "../src/theme.ts";

/** Stores a session whose access token is valid for an hour. To be called before the console's modules are loaded. */
export function signInForTest(): void {
  writeSession({
    access_token: "access",
    id_token: "id",
    refresh_token: "refresh",
    expires_at: Date.now() + 3_600_000,
  });
}

/** Renders with Mantine (without transitions), notifications and a query cache that does not retry. */
export function renderWithProviders(children: ReactNode): RenderResult & { user: UserEvent; client: QueryClient } {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 15_000 } } });
  const result = render(
    <MantineProvider theme={theme} cssVariablesResolver={variables} env="test">
      <Notifications />
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </MantineProvider>,
  );
  return { ...result, client, user: userEvent.setup() };
}
