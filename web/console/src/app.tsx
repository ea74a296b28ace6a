import { MantineProvider } from "@mantine/core";
import { RouterProvider } from "@tanstack/react-router";
import { lazy } from "react";
import { LazyPage } from "./page/lazy-page.tsx";
import { router } from "./router.tsx";
import { themeFor, variables } from "./theme.ts";
import { useLocale } from "./texts/index.ts";

const RecoveryPage = lazy(() => import("./recovery/recovery-page.tsx"));

/**
 * The page of links to a new password needs no session, and takes none away. Its `#` may be encoded (%23). The router
 * would take its path for an App ID, and lose the link.
 */
const isRecovery = /^\/console\/recovery($|[^a-z0-9])/.test(location.pathname);

/** The console. A change of language renders everything again. In the environment "test" nothing is animated. */
export function App({ env = "default" }: { env?: "default" | "test" }) {
  const locale = useLocale();
  return (
    <MantineProvider theme={themeFor(locale)} cssVariablesResolver={variables} defaultColorScheme="auto" env={env}>
      {isRecovery ? (
        <LazyPage key={locale}>
          <RecoveryPage />
        </LazyPage>
      ) : (
        <RouterProvider key={locale} router={router} />
      )}
    </MantineProvider>
  );
}
