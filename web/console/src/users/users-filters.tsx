import { Chip, Group, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import { Icon } from "../page/icons.tsx";
import { STATUS_NAMES } from "./status-badge.tsx";
import classes from "./users.module.css";
import { STATUSES, type UsersView } from "./view.ts";

const SEARCH_DELAY_MS = 300;

const SORTS: { value: UsersView["sort"]; label: string }[] = [
  { value: "name", label: "Name, A to Z" },
  { value: "-name", label: "Name, Z to A" },
  { value: "email", label: "Email, A to Z" },
  { value: "-email", label: "Email, Z to A" },
  { value: "-joined_at", label: "Joined last" },
  { value: "joined_at", label: "Joined first" },
];

interface UsersFiltersProps {
  view: UsersView;
  onChange: (change: Partial<UsersView>) => void;
  /** Offer the sort order: cards have no column titles. */
  withSort: boolean;
}

export function UsersFilters({ view, onChange, withSort }: UsersFiltersProps) {
  const [search, setSearch] = useState(view.search);
  const [applied, setApplied] = useState(view.search);
  if (applied !== view.search) {
    setApplied(view.search);
    if (search.trim() !== view.search) setSearch(view.search);
  }
  const apply = useDebouncedCallback((text: string) => {
    onChange({ search: text.trim() });
  }, SEARCH_DELAY_MS);
  return (
    <div className={classes.filters}>
      <Group grow={withSort} gap="sm" align="flex-end" w={withSort ? "100%" : undefined}>
        <TextInput
          type="search"
          label="Search"
          placeholder="Name or email"
          leftSection={<Icon name="search" />}
          w={withSort ? undefined : 320}
          value={search}
          onChange={({ currentTarget: { value } }) => {
            setSearch(value);
            apply(value);
          }}
        />
        {withSort && (
          <NativeSelect
            label="Order"
            data={SORTS}
            value={view.sort}
            onChange={({ currentTarget: { value } }) => {
              onChange({ sort: value as UsersView["sort"] });
            }}
          />
        )}
      </Group>
      <Chip.Group
        multiple
        value={view.status}
        onChange={(status) => {
          if (status.length) onChange({ status });
        }}
      >
        <Group gap={6} role="group" aria-label="Status">
          {STATUSES.map((status) => (
            <Chip key={status} value={status} size="sm" variant="outline">
              {STATUS_NAMES[status]}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </div>
  );
}
