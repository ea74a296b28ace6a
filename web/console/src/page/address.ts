import { useSyncExternalStore } from "react";

const MOVED = "usher:moved";
const BASE = "/console/";

function subscribe(listener: () => void): () => void {
  addEventListener("popstate", listener);
  addEventListener(MOVED, listener);
  return () => {
    removeEventListener("popstate", listener);
    removeEventListener(MOVED, listener);
  };
}

/** The account and the view that the address bar names: /console/ab123/users?search=lee */
export function useAddress(): { accountId: string | undefined; parameters: URLSearchParams } {
  const href = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  const { pathname, searchParams } = new URL(href, location.origin);
  return { accountId: /^\/console\/([^/]+)/.exec(pathname)?.[1], parameters: searchParams };
}

export function openUsers(accountId: string): void {
  history.pushState(null, "", `${BASE}${accountId}/users`);
  dispatchEvent(new Event(MOVED));
}

export function replaceParameters(parameters: URLSearchParams): void {
  const query = parameters.toString();
  history.replaceState(null, "", location.pathname + (query && `?${query}`));
  dispatchEvent(new Event(MOVED));
}
