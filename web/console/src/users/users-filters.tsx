import { Chip, CloseButton, Group, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import type { Account, Group as UserGroup } from "../api/types.ts";
import { Icon } from "../page/icons.tsx";
import { formatNumber, texts } from "../texts/index.ts";
import classes from "./users.module.css";
import { ROLES, SORTS, STATUSES, type UsersView } from "./view.ts";

const SEARCH_DELAY_MS = 300;

/** The API's limit; long enough for any address. */
const SEARCH_LENGTH = 254;

interface UsersFiltersProps {
  view: UsersView;
  onChange: (change: Partial<UsersView>) => void;
  counts: Account["counts"];
  groups: UserGroup[];
  /** Offer the sort order: cards have no column titles. */
  withSort: boolean;
}

export function UsersFilters({ view, onChange, counts, groups, withSort }: UsersFiltersProps) {
  const [search, setSearch] = useState(view.search);
  const [applied, setApplied] = useState(view.search);
  if (applied !== view.search) {
    setApplied(view.search);
    if (search.trim() !== view.search) setSearch(view.search);
  }
  const apply = useDebouncedCallback((text: string) => {
    onChange({ search: text.trim() });
  }, SEARCH_DELAY_MS);
  const clear = () => {
    apply.cancel();
    setSearch("");
    onChange({ search: "" });
  };
  return (
    <div className={classes.filters}>
      <Group gap="sm" align="flex-end" className={classes.fields}>
        <TextInput
          type="text"
          inputMode="search"
          autoCapitalize="none"
          spellCheck={false}
          label={texts.common.search}
          placeholder={texts.users.searchHint}
          maxLength={SEARCH_LENGTH}
          leftSection={<Icon name="search" />}
          rightSection={search && <CloseButton aria-label={texts.common.clear} size="sm" onClick={clear} />}
          className={classes.search}
          value={search}
          onChange={({ currentTarget: { value } }) => {
            setSearch(value);
            apply(value);
          }}
        />
        <NativeSelect
          label={texts.users.group}
          className={classes.select}
          value={view.group}
          onChange={({ currentTarget: { value } }) => {
            onChange({ group: value });
          }}
        >
          <option value="">{texts.users.anyGroup}</option>
          {groups.map(({ group_id, name }) => (
            <option key={group_id} value={group_id}>
              {name}
            </option>
          ))}
        </NativeSelect>
        <NativeSelect
          label={texts.users.role}
          className={classes.select}
          data={ROLES.map((value) => ({ value, label: texts.users.roles[value || "any"] }))}
          value={view.role}
          onChange={({ currentTarget: { value } }) => {
            onChange({ role: value as UsersView["role"] });
          }}
        />
        {withSort && (
          <NativeSelect
            label={texts.users.order}
            className={classes.select}
            data={SORTS.map((value) => ({ value, label: texts.users.sort[value] }))}
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
        <Group gap={6} role="group" aria-label={texts.status.label}>
          {STATUSES.map((status) => (
            <Chip key={status} value={status} size="sm" variant="outline" aria-label={texts.status[status]}>
              <span>{texts.status[status]}</span>
              {Boolean(counts[status]) && <span className={classes.count}>{formatNumber(counts[status] ?? 0)}</span>}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </div>
  );
}
