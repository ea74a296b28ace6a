import type { ReactNode } from "react";
import type { User } from "../api/types.ts";
import { StatusCell } from "./status-cell.tsx";
import { Groups, Joined, LastSeen } from "./user-facts.tsx";
import { UserIdentity } from "./user-identity.tsx";
import type { SortKey } from "./view.ts";

export interface Column {
  title: string;
  sort?: SortKey;
  /** Of a table as wide as the page; none takes what the others leave. */
  width?: string;
  cell: (user: User) => ReactNode;
}

/** The list's columns: a table on a wide screen, the lines of a card on a phone. */
export const COLUMNS: Column[] = [
  { title: "User", sort: "name", cell: (user) => <UserIdentity user={user} /> },
  { title: "E-mail", width: "24%", sort: "email", cell: (user) => user.email },
  { title: "Status", width: "12rem", cell: (user) => <StatusCell user={user} /> },
  { title: "Joined", width: "8.25rem", sort: "joined_at", cell: (user) => <Joined user={user} /> },
  { title: "Last seen", width: "8.25rem", cell: (user) => <LastSeen user={user} /> },
  { title: "Groups", width: "9.5rem", cell: (user) => <Groups user={user} /> },
];
