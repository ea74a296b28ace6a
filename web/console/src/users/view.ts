import type { Status } from "../api/types.ts";
import { usersList, useListParameters } from "../page/list-parameters.ts";

export type SortKey = "name" | "email" | "joined_at";

/** Administrators or partners alone; "" for everybody. */
type Role = "" | "admin" | "partner";

export const ROLES: readonly Role[] = ["", "admin", "partner"];

/** Pending invitations that need someone's attention; or people who have left records that wait for another owner. */
type Only = "attention" | "waiting";

/** Filters and order of the list. They are kept in the URL, so that a view can be bookmarked and shared. */
export interface UsersView {
  status: Status[];
  /** Only some of those with the statuses: see `Only`; "" for all of them. */
  only: Only | "";
  search: string;
  /** Id of the group that the users are in; "" for any. */
  group: string;
  role: Role;
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
/** The statuses that can need attention, and those in which records wait. */
export const ONLY: Record<Only, readonly Status[]> = {
  attention: ["invited", "expired"],
  waiting: ["inactive", "removed"],
};

const DEFAULT: UsersView = {
  status: ["invited", "expired", "active"],
  only: "",
  search: "",
  group: "",
  role: "",
  sort: "name",
};
export const SORTS = ["name", "-name", "email", "-email", "-joined_at", "joined_at"] as const;

/** Reads a view from the URL; unknown values are ignored. */
export function readView(parameters: URLSearchParams): UsersView {
  const named = parameters.get("status")?.split(",") ?? [];
  const only = (["attention", "waiting"] as const).find((one) => named.includes(one)) ?? "";
  const status = only ? [...ONLY[only]] : STATUSES.filter((one) => named.includes(one) || named.includes("all"));
  const sort = parameters.get("sort");
  return {
    status: status.length ? status : DEFAULT.status,
    only,
    search: parameters.get("search") ?? DEFAULT.search,
    group: parameters.get("group") ?? DEFAULT.group,
    role: ROLES.find((one) => one === parameters.get("role")) ?? DEFAULT.role,
    sort: SORTS.find((one) => one === sort) ?? DEFAULT.sort,
  };
}

export const defaultView = (): UsersView => readView(new URLSearchParams());

export const hasAllStatuses = ({ status }: Pick<UsersView, "status">): boolean => status.length === STATUSES.length;

/** Writes the URL parameters that differ from the default view. */
export function writeView({ status, only, search, group, role, sort }: UsersView): URLSearchParams {
  const parameters = new URLSearchParams();
  const named = statusParameter(status, only);
  if (named && named !== DEFAULT.status.join(",")) parameters.set("status", named);
  if (search) parameters.set("search", search);
  if (group) parameters.set("group", group);
  if (role) parameters.set("role", role);
  if (sort !== DEFAULT.sort) parameters.set("sort", sort);
  return parameters;
}

function statusParameter(status: Status[], only: UsersView["only"]): string {
  if (only) return only;
  return hasAllStatuses({ status }) ? "all" : STATUSES.filter((one) => status.includes(one)).join(",");
}

/** Returns how many filters differ from the default view; the search and the order are none. */
export function countFilters({ status, only, group, role }: UsersView): number {
  const hasStatus = only || status.join() !== DEFAULT.status.join();
  return [hasStatus, group, role].filter(Boolean).length;
}

/** Returns the order after a click on a column: ascending first, then reversed. */
export function sortedBy(key: SortKey, current: UsersView["sort"]): UsersView["sort"] {
  return current === key ? `-${key}` : key;
}

/** Returns the view of the current URL and a function that changes parts of it, without a history entry. */
export function useView(accountId: string): [UsersView, (change: Partial<UsersView>) => void] {
  const [parameters, replace] = useListParameters(usersList(accountId), "/users");
  return [
    readView(parameters),
    (change) => {
      // The URL may have changed since the last rendering: typing is debounced.
      const current = readView(new URLSearchParams(location.search));
      replace(writeView({ ...current, ...change }));
    },
  ];
}
