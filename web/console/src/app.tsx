import { MantineProvider } from "@mantine/core";
import { RouterProvider } from "@tanstack/react-router";
import { lazy } from "react";
import { LazyPage } from "./page/lazy-page.tsx";
import { router } from "./router.tsx";
import { themeFor, variables } from "./theme.ts";
import { useLocale } from "./texts/index.ts";

const RecoveryPage = lazy(() => import("./recovery/recovery-page.tsx"));

/**
 * The page that password reset links open needs no session, and ends none. The `#` of a link may be encoded (%23): the
 * router would take the path for an App ID, and lose the link.
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
