import { useEffect, useState } from "react";
import { type Config, fetchConfig } from "#shared/cognito.ts";
import { fill } from "#shared/texts.ts";
import { currentLocale } from "../texts/index.ts";

/** Returns what the deployment tells its pages; nothing until it is there. */
function useConfig(): Partial<Config> {
  const [config, setConfig] = useState<Partial<Config>>({});
  useEffect(() => {
    fetchConfig().then(setConfig, () => undefined);
  }, []);
  return config;
}

/** Returns where help is: on the deployment's own page, else on ours, in the language of the console. */
export function useHelpUrl(section = ""): string {
  return useConfig().help_url ?? `/help/${currentLocale()}${section && `#${section}`}`;
}

/** Returns where the host product is for an account; undefined where the deployment names none. */
export function useAppUrl(accountId: string): string | undefined {
  const { app_url: url } = useConfig();
  return url ? fill(url, { account_id: accountId }) : undefined;
}
