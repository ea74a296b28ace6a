import { useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { keepInTab, keptInTab } from "./tab-storage.ts";

export const ACCOUNTS_LIST = "usher.accounts";

export const usersList = (accountId: string): string => `usher.users.${accountId}`;

/**
 * Reads the parameters of a list from the URL, so that it can be bookmarked and *Back* leads to it, and remembers them
 * under a key while the page at the end of `path` is shown. Returns them, and a function that replaces them without a
 * history entry.
 */
export function useListParameters(
  key: string,
  path: string,
): [parameters: URLSearchParams, replace: (parameters: URLSearchParams) => void] {
  const { pathname, searchStr } = useLocation();
  const navigate = useNavigate();
  // While another page is being opened, its URL is seen here.
  const isCurrent = pathname.endsWith(path);
  useEffect(() => {
    if (isCurrent) keepInTab(key, searchStr);
  }, [key, isCurrent, searchStr]);
  return [
    new URLSearchParams(searchStr),
    (parameters) => {
      const search = Object.fromEntries(parameters);
      void navigate({ to: pathname, search, replace: true, resetScroll: false } as never);
    },
  ];
}

/** Returns the parameters of a list as it was left in this tab, for the way back to it. */
export const lastParameters = (key: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(keptInTab(key)));
