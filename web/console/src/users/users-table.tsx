import { Table, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { ActionsMenu } from "../actions/actions-menu.tsx";
import type { User } from "../api/types.ts";
import { SelectAllBox, SelectBox } from "../bulk/select-box.tsx";
import { useSelection } from "../bulk/selection.ts";
import { Icon } from "../page/icons.tsx";
import { texts } from "../texts/index.ts";
import { type Column, columns } from "./columns.tsx";
import { useNewRow } from "./new-users.ts";
import classes from "./users-table.module.css";
import { type SortKey, type UsersView, sortedBy } from "./view.ts";

interface UsersTableProps {
  users: User[];
  sort: UsersView["sort"];
  onSort: (sort: UsersView["sort"]) => void;
}

export function UsersTable({ users, sort, onSort }: UsersTableProps) {
  const shown = columns();
  const isSelectable = useSelection() !== null;
  return (
    <Table verticalSpacing="sm" horizontalSpacing="sm" aria-label={texts.users.title} className={classes.table}>
      <Table.Thead>
        <Table.Tr>
          {isSelectable && (
            <Table.Th data-column="select">
              <SelectAllBox />
            </Table.Th>
          )}
          {shown.map((column) => (
            <ColumnTitle key={column.name} column={column} sort={sort} onSort={onSort} />
          ))}
          <Table.Th data-column="actions">
            <VisuallyHidden>{texts.users.actions}</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {users.map((user) => (
          <Row key={user.user_id} user={user} columns={shown} isSelectable={isSelectable} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Row({ user, columns, isSelectable }: { user: User; columns: Column[]; isSelectable: boolean }) {
  return (
    <Table.Tr {...useNewRow(user)}>
      {isSelectable && (
        <Table.Td data-column="select">
          <SelectBox user={user} />
        </Table.Td>
      )}
      {columns.map(({ name, cell }) => (
        <Table.Td key={name} data-column={name}>
          {cell(user)}
        </Table.Td>
      ))}
      <Table.Td data-column="actions">
        <ActionsMenu user={user} />
      </Table.Td>
    </Table.Tr>
  );
}

interface ColumnTitleProps extends Pick<UsersTableProps, "sort" | "onSort"> {
  column: Column;
}

const ICONS = { ascending: "up", descending: "down" } as const;

function ColumnTitle({ column, sort, onSort }: ColumnTitleProps) {
  const { name, title } = column;
  if (!column.sort) return <Table.Th data-column={name}>{title}</Table.Th>;
  const key: SortKey = column.sort;
  const direction = sort === key ? "ascending" : sort === `-${key}` ? "descending" : undefined;
  return (
    <Table.Th data-column={name} aria-sort={direction ?? "none"}>
      <UnstyledButton
        className={classes.sort}
        onClick={() => {
          onSort(sortedBy(key, sort));
        }}
      >
        <span>{title}</span>
        <Icon name={direction ? ICONS[direction] : "sort"} size={14} />
      </UnstyledButton>
    </Table.Th>
  );
}
