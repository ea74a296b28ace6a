import { Button, Collapse, Group, NativeSelect } from "@mantine/core";
import { type ReactNode, type Ref, useState } from "react";
import type { Account, Group as UserGroup } from "../api/types.ts";
import { Icon } from "../page/icons.tsx";
import { SearchInput } from "../page/search-input.tsx";
import { useAppliedSearch } from "../page/use-search.ts";
import { formatNumber, texts } from "../texts/index.ts";
import { StatusFilter } from "./status-filter.tsx";
import type { AttentionCount } from "./use-attention-count.ts";
import classes from "./users-filters.module.css";
import { ROLES, SORTS, type UsersView, countFilters } from "./view.ts";

/** The API's limit; long enough for any address. */
const SEARCH_LENGTH = 254;

interface FiltersProps {
  view: UsersView;
  onChange: (change: Partial<UsersView>) => void;
  counts: Account["counts"];
  /** How many pending invitations need attention, if it is known. */
  attention: AttentionCount | undefined;
  /** Undefined until they are loaded. */
  groups: UserGroup[] | undefined;
}

interface UsersFiltersProps extends FiltersProps {
  /** On a phone, all but the search is behind a button, and the order is a filter: rows have no column titles. */
  narrow: boolean;
  searchRef: Ref<HTMLInputElement>;
  /** The button that exports the list, where there is room for it. */
  exporting: ReactNode;
}

export function UsersFilters({ narrow, searchRef, exporting, ...filters }: UsersFiltersProps) {
  const { view, onChange } = filters;
  const [isOpen, setOpen] = useState(false);
  const active = countFilters(view);
  const search = <UsersSearch value={view.search} onChange={onChange} inputRef={searchRef} />;
  if (!narrow) {
    return (
      <div className={classes.filters}>
        <Group gap="sm" align="flex-end" className={classes.fields}>
          {search}
          <Selects {...filters} />
          {exporting}
        </Group>
        <StatusFilter {...filters} />
      </div>
    );
  }
  return (
    <div>
      <Group gap="sm" align="flex-end" wrap="nowrap">
        {search}
        <Button
          variant={active ? "light" : "default"}
          className={classes.filtersButton ?? ""}
          leftSection={<Icon name="sliders" />}
          aria-expanded={isOpen}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          {texts.users.filters}
          {active > 0 && <span className={classes.count}>{formatNumber(active)}</span>}
        </Button>
      </Group>
      <Collapse expanded={isOpen}>
        <div className={classes.folded}>
          <StatusFilter {...filters} />
          <Group gap="sm" align="flex-end">
            <Selects {...filters} />
            <NativeSelect
              label={texts.users.order}
              className={classes.select}
              data={SORTS.map((value) => ({ value, label: texts.users.sort[value] }))}
              value={view.sort}
              onChange={({ currentTarget: { value } }) => {
                onChange({ sort: value as UsersView["sort"] });
              }}
            />
          </Group>
        </div>
      </Collapse>
    </div>
  );
}

interface UsersSearchProps {
  value: string;
  onChange: (change: Pick<UsersView, "search">) => void;
  inputRef: Ref<HTMLInputElement>;
}

/** The search, which is applied once typing pauses. */
function UsersSearch({ value, onChange, inputRef }: UsersSearchProps) {
  const [typed, change] = useAppliedSearch(value, (search) => {
    onChange({ search });
  });
  return (
    <SearchInput
      ref={inputRef}
      type="text"
      inputMode="search"
      autoCapitalize="none"
      spellCheck={false}
      label={texts.common.search}
      placeholder={texts.users.searchHint}
      maxLength={SEARCH_LENGTH}
      className={classes.search}
      value={typed}
      onChange={change}
    />
  );
}

function Selects({ view, onChange, groups }: FiltersProps) {
  const isUnknown = view.group !== "" && !groups?.some(({ group_id }) => group_id === view.group);
  return (
    <>
      <NativeSelect
        label={texts.users.group}
        className={classes.select}
        value={view.group}
        onChange={({ currentTarget: { value } }) => {
          onChange({ group: value });
        }}
      >
        <option value="">{texts.users.anyGroup}</option>
        {isUnknown && <option value={view.group}>{groups ? texts.users.groupGone : "…"}</option>}
        {groups?.map(({ group_id, name }) => (
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
    </>
  );
}
