import type { ReactNode } from "react";
import type { User } from "../api/types.ts";
import { StatusBadge } from "./status-badge.tsx";
import { Groups, Joined, LastSeen } from "./user-facts.tsx";
import { UserIdentity } from "./user-identity.tsx";
import type { SortKey } from "./view.ts";

export interface Column {
  title: string;
  sort?: SortKey;
  cell: (user: User) => ReactNode;
}

/** The list's columns: a table on a wide screen, the lines of a card on a phone. */
export const COLUMNS: Column[] = [
  { title: "User", sort: "name", cell: (user) => <UserIdentity user={user} /> },
  { title: "E-mail", sort: "email", cell: (user) => user.email },
  { title: "Status", cell: (user) => <StatusBadge user={user} /> },
  { title: "Joined", sort: "joined_at", cell: (user) => <Joined user={user} /> },
  { title: "Last seen", cell: (user) => <LastSeen user={user} /> },
  { title: "Groups", cell: (user) => <Groups user={user} /> },
];
