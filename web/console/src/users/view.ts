import type { Status } from "../api/types.ts";
import { replaceParameters, useAddress } from "../page/address.ts";

export type SortKey = "name" | "email" | "joined_at";

/** What the list shows; it lives in the address bar, so that a view can be kept and shared. */
export interface UsersView {
  status: Status[];
  search: string;
  sort: SortKey | `-${SortKey}`;
}

export const STATUSES: readonly Status[] = [
  "invited",
  "expired",
  "active",
  "inactive",
  "blocked",
  "declined",
  "removed",
];
const DEFAULT: UsersView = { status: ["invited", "expired", "active"], search: "", sort: "name" };
const SORTS = ["name", "-name", "email", "-email", "joined_at", "-joined_at"] as const;

export function readView(parameters: URLSearchParams): UsersView {
  const named = parameters.get("status")?.split(",") ?? [];
  const status = STATUSES.filter((one) => named.includes(one));
  const sort = parameters.get("sort");
  return {
    status: status.length ? status : DEFAULT.status,
    search: parameters.get("search") ?? DEFAULT.search,
    sort: SORTS.find((one) => one === sort) ?? DEFAULT.sort,
  };
}

/** Only what differs from the first view is written down. */
export function writeView({ status, search, sort }: UsersView): URLSearchParams {
  const parameters = new URLSearchParams();
  const named = STATUSES.filter((one) => status.includes(one)).join(",");
  if (named && named !== DEFAULT.status.join(",")) parameters.set("status", named);
  if (search) parameters.set("search", search);
  if (sort !== DEFAULT.sort) parameters.set("sort", sort);
  return parameters;
}

/** The order after a click on a column: once ascending, then the other way round. */
export function sortedBy(key: SortKey, current: UsersView["sort"]): UsersView["sort"] {
  return current === key ? `-${key}` : key;
}

export function useView(): [UsersView, (change: Partial<UsersView>) => void] {
  const view = readView(useAddress().parameters);
  return [
    view,
    (change) => {
      replaceParameters(writeView({ ...readView(new URLSearchParams(location.search)), ...change }));
    },
  ];
}
