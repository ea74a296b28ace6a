import { useSyncExternalStore } from "react";

const MOVED = "usher:moved";
const BASE = "/console/";
const ADDRESS = /^\/console\/(?<accountId>[^/]+)(?:\/(?<page>users|settings)(?:\/(?<userId>[^/]+))?)?/;

interface Address {
  accountId: string | undefined;
  page: "users" | "user" | "settings";
  userId: string;
  /** The view of the list of users. */
  parameters: URLSearchParams;
}

/** Whether somebody has come to this page from another one of the console, and should be told where they are. */
let hasMoved = false;

function subscribe(listener: () => void): () => void {
  const listenToHistory = () => {
    hasMoved = true;
    listener();
  };
  addEventListener("popstate", listenToHistory);
  addEventListener(MOVED, listener);
  return () => {
    removeEventListener("popstate", listenToHistory);
    removeEventListener(MOVED, listener);
  };
}

/** What the address bar names: /console/ab123/users?search=lee, /console/ab123/users/<user_id>, /console/ab123/settings */
export function readAddress({ pathname, search }: Pick<URL, "pathname" | "search">): Address {
  const { accountId, page, userId = "" } = ADDRESS.exec(pathname)?.groups ?? {};
  return {
    accountId,
    page: page === "settings" ? "settings" : userId ? "user" : "users",
    userId,
    parameters: new URLSearchParams(search),
  };
}

export function useAddress(): Address {
  const href = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  return readAddress(new URL(href, location.origin));
}

export const usersAddress = (accountId: string) => `${BASE}${accountId}/users`;
export const userAddress = (accountId: string, userId: string) => `${usersAddress(accountId)}/${userId}`;
export const settingsAddress = (accountId: string) => `${BASE}${accountId}/settings`;

/** The list of users as it was left; each page that is opened from it remembers how. */
export function leftList(accountId: string): string {
  const { list } = (history.state ?? {}) as { list?: string };
  return usersAddress(accountId) + (list ?? "");
}

export function open(address: string): void {
  const { page } = readAddress(location);
  const state = page === "users" ? { list: location.search } : (history.state as unknown);
  history.pushState(state, "", address);
  hasMoved = true;
  scrollTo(0, 0);
  dispatchEvent(new Event(MOVED));
}

export function openUsers(accountId: string): void {
  open(usersAddress(accountId));
}

export function replaceParameters(parameters: URLSearchParams): void {
  const query = parameters.toString();
  history.replaceState(null, "", location.pathname + (query && `?${query}`));
  dispatchEvent(new Event(MOVED));
}

/** True once for each move. */
export function takeMove(): boolean {
  const moved = hasMoved;
  hasMoved = false;
  return moved;
}
