import type { ReactNode } from "react";
import type { User } from "../api/types.ts";
import { texts } from "../texts/index.ts";
import { StatusCell } from "./status-cell.tsx";
import { unicodeEmail } from "./unicode-email.ts";
import { Groups, Joined, LastSeen } from "./user-facts.tsx";
import { UserIdentity } from "./user-identity.tsx";
import type { SortKey } from "./view.ts";

export interface Column {
  name: "user" | "email" | "status" | "joined" | "lastSeen" | "groups";
  title: string;
  sort?: SortKey;
  cell: (user: User) => ReactNode;
}

/** Columns of the table. Their widths, and which of them fit, are decided by the stylesheet. */
export const columns = (): Column[] => [
  { name: "user", title: texts.users.user, sort: "name", cell: (user) => <UserIdentity user={user} /> },
  { name: "email", title: texts.users.email, sort: "email", cell: (user) => <span>{unicodeEmail(user.email)}</span> },
  { name: "status", title: texts.status.label, cell: (user) => <StatusCell user={user} /> },
  { name: "joined", title: texts.users.joined, sort: "joined_at", cell: (user) => <Joined user={user} /> },
  { name: "lastSeen", title: texts.users.lastSeen, cell: (user) => <LastSeen user={user} /> },
  { name: "groups", title: texts.users.groups, cell: (user) => <Groups user={user} /> },
];
