import { MantineProvider } from "@mantine/core";
import { RouterProvider } from "@tanstack/react-router";
import { router } from "./router.tsx";
import { themeFor, variables } from "./theme.ts";
import { useLocale } from "./texts/index.ts";

/** The console. A change of language renders everything again. In the environment "test" nothing is animated. */
export function App({ env = "default" }: { env?: "default" | "test" }) {
  const locale = useLocale();
  return (
    <MantineProvider theme={themeFor(locale)} cssVariablesResolver={variables} defaultColorScheme="auto" env={env}>
      <RouterProvider key={locale} router={router} />
    </MantineProvider>
  );
}
