import { useSyncExternalStore } from "react";

const NAVIGATED = "usher:navigated";
const BASE = "/console/";
const PATH = /^\/console\/(?<accountId>[^/]+)(?:\/(?<page>users|settings)(?:\/(?<userId>[^/]+))?)?/;

export interface Route {
  /** Undefined at /console/ alone. */
  accountId: string | undefined;
  page: "users" | "user" | "settings";
  userId: string;
  /** Parameters of the list of users. */
  parameters: URLSearchParams;
}

/** True after navigation within the console, until the new page has taken the focus. */
let hasNavigated = false;

function subscribe(listener: () => void): () => void {
  const onPopState = () => {
    hasNavigated = true;
    listener();
  };
  addEventListener("popstate", onPopState);
  addEventListener(NAVIGATED, listener);
  return () => {
    removeEventListener("popstate", onPopState);
    removeEventListener(NAVIGATED, listener);
  };
}

/** Parses /console/<account_id>/users?search=lee, /console/<account_id>/users/<user_id>, /console/<account_id>/settings. */
export function readRoute({ pathname, search }: Pick<URL, "pathname" | "search">): Route {
  const { accountId, page, userId = "" } = PATH.exec(pathname)?.groups ?? {};
  return {
    accountId,
    page: page === "settings" ? "settings" : userId ? "user" : "users",
    userId,
    parameters: new URLSearchParams(search),
  };
}

export function useRoute(): Route {
  const href = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  return readRoute(new URL(href, location.origin));
}

export const usersPath = (accountId: string) => `${BASE}${accountId}/users`;
export const userPath = (accountId: string, userId: string) => `${usersPath(accountId)}/${userId}`;
export const settingsPath = (accountId: string) => `${BASE}${accountId}/settings`;

/** Returns the path of the list of users with the parameters it had when the current page was opened from it. */
export function lastUsersPath(accountId: string): string {
  const { list } = (history.state ?? {}) as { list?: string };
  return usersPath(accountId) + (list ?? "");
}

/** Opens a path within the console. */
export function navigate(path: string): void {
  const { page } = readRoute(location);
  const state = page === "users" ? { list: location.search } : (history.state as unknown);
  history.pushState(state, "", path);
  hasNavigated = true;
  scrollTo(0, 0);
  dispatchEvent(new Event(NAVIGATED));
}

function replace(path: string): void {
  history.replaceState(null, "", path);
  dispatchEvent(new Event(NAVIGATED));
}

/** Replaces the parameters of the current page, without a history entry. */
export function replaceParameters(parameters: URLSearchParams): void {
  const query = parameters.toString();
  replace(location.pathname + (query && `?${query}`));
}

/** Adds the account to a URL without one, without a history entry; parameters stay. */
export function replaceAccount(accountId: string): void {
  replace(usersPath(accountId) + location.search);
}

/** Returns true once after each navigation. */
export function takeNavigation(): boolean {
  const navigated = hasNavigated;
  hasNavigated = false;
  return navigated;
}
