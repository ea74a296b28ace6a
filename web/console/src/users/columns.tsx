import type { ReactNode } from "react";
import type { User } from "../api/types.ts";
import { StatusCell } from "./status-cell.tsx";
import { Groups, Joined, LastSeen } from "./user-facts.tsx";
import { UserIdentity } from "./user-identity.tsx";
import type { SortKey } from "./view.ts";

export interface Column {
  title: string;
  sort?: SortKey;
  /** Width in the table; a column without one takes the rest. */
  width?: string;
  cell: (user: User) => ReactNode;
}

/** Columns of the table on wide screens, rows of a card on narrow ones. */
export const COLUMNS: Column[] = [
  { title: "User", sort: "name", cell: (user) => <UserIdentity user={user} /> },
  { title: "Email", width: "24%", sort: "email", cell: (user) => user.email },
  { title: "Status", width: "12rem", cell: (user) => <StatusCell user={user} /> },
  { title: "Joined", width: "8.25rem", sort: "joined_at", cell: (user) => <Joined user={user} /> },
  { title: "Last seen", width: "8.25rem", cell: (user) => <LastSeen user={user} /> },
  { title: "Groups", width: "9.5rem", cell: (user) => <Groups user={user} /> },
];
