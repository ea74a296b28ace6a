import { Table, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { ActionsMenu } from "../actions/actions-menu.tsx";
import type { User } from "../api/types.ts";
import { Icon } from "../page/icons.tsx";
import { COLUMNS, type Column } from "./columns.tsx";
import classes from "./users.module.css";
import { type SortKey, type UsersView, sortedBy } from "./view.ts";

interface UsersTableProps {
  users: User[];
  sort: UsersView["sort"];
  onSort: (sort: UsersView["sort"]) => void;
}

export function UsersTable({ users, sort, onSort }: UsersTableProps) {
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" aria-label="Users" className={classes.table}>
      <colgroup>
        {COLUMNS.map(({ title, width }) => (
          <col key={title} style={{ width }} />
        ))}
        <col style={{ width: "4.25rem" }} />
      </colgroup>
      <Table.Thead>
        <Table.Tr>
          {COLUMNS.map((column) => (
            <ColumnTitle key={column.title} column={column} sort={sort} onSort={onSort} />
          ))}
          <Table.Th>
            <VisuallyHidden>Actions</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {users.map((user) => (
          <Table.Tr key={user.user_id}>
            {COLUMNS.map(({ title, cell }) => (
              <Table.Td key={title}>{cell(user)}</Table.Td>
            ))}
            <Table.Td>
              <ActionsMenu user={user} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface ColumnTitleProps extends Pick<UsersTableProps, "sort" | "onSort"> {
  column: Column;
}

const ICONS = { ascending: "up", descending: "down" } as const;

function ColumnTitle({ column, sort, onSort }: ColumnTitleProps) {
  if (!column.sort) return <Table.Th>{column.title}</Table.Th>;
  const key: SortKey = column.sort;
  const direction = sort === key ? "ascending" : sort === `-${key}` ? "descending" : undefined;
  return (
    <Table.Th aria-sort={direction ?? "none"}>
      <UnstyledButton
        className={classes.sort}
        onClick={() => {
          onSort(sortedBy(key, sort));
        }}
      >
        {column.title}
        <Icon name={direction ? ICONS[direction] : "sort"} size={14} />
      </UnstyledButton>
    </Table.Th>
  );
}
