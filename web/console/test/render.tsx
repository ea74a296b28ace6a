import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider, createRootRoute, createRoute, createRouter } from "@tanstack/react-router";
import { type RenderResult, render } from "@testing-library/react";
import { type UserEvent, userEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";
import { type Session, writeSession } from "#shared/session.ts";
import type { AccountContextValue } from "../src/account/account-context.ts";
import { themeFor, variables } from "../src/theme.ts";
import { ACCOUNT_ID, anAccount, me } from "./samples.ts";

/** Stores a session whose access token is valid for an hour. To be called before the console's modules are loaded. */
export function signInForTest(changes: Partial<Session> = {}): void {
  writeSession({
    access_token: "access",
    id_token: "id",
    refresh_token: "refresh",
    expires_at: Date.now() + 3_600_000,
    ...changes,
  });
}

interface RenderOptions {
  /** Changes what the page knows of the account. */
  context?: Partial<AccountContextValue>;
}

type Rendered = RenderResult & { user: UserEvent; client: QueryClient };

/**
 * Renders inside an account, for an administrator: with Mantine (without transitions), notifications, a router that
 * takes every URL, and a query cache that does not retry.
 */
export async function renderWithProviders(
  children: ReactNode,
  { context = {} }: RenderOptions = {},
): Promise<Rendered> {
  // A test may have loaded the console's modules again: the context must be theirs.
  const { AccountContext } = await import("../src/account/account-context.ts");
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 15_000 } } });
  const value: AccountContextValue = {
    account: anAccount(),
    accountId: ACCOUNT_ID,
    me: me(),
    isAdmin: true,
    kind: "user",
    may: () => true,
    ...context,
  };
  const page = () => (
    <QueryClientProvider client={client}>
      <Notifications />
      <AccountContext value={value}>{children}</AccountContext>
    </QueryClientProvider>
  );
  const root = createRootRoute({});
  const anywhere = createRoute({ getParentRoute: () => root, path: "$", component: page });
  const router = createRouter({ routeTree: root.addChildren([anywhere]), basepath: "/console", ...plainSearch });
  await router.load();
  const result = render(
    <MantineProvider theme={themeFor("en")} cssVariablesResolver={variables} env="test">
      <RouterProvider router={router as never} />
    </MantineProvider>,
  );
  return { ...result, client, user: userEvent.setup() };
}

const plainSearch = {
  parseSearch: (search: string) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search: Record<string, unknown>) => {
    const text = new URLSearchParams(search as Record<string, string>).toString();
    return text && `?${text}`;
  },
};

/** Renders the whole console at a URL, as its modules are loaded now. */
export async function renderConsole(path: string): Promise<RenderResult & { user: UserEvent }> {
  history.replaceState(null, "", path);
  const { App } = await import("../src/app.tsx");
  return { ...render(<App env="test" />), user: userEvent.setup() };
}
