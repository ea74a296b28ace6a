import { MultiSelect, type MultiSelectProps } from "@mantine/core";
import "@mantine/core/styles/PillsInput.layer.css";
import "@mantine/core/styles/Pill.layer.css";
import { useState } from "react";
import { useNames } from "../api/people.ts";
import type { Status, User } from "../api/types.ts";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { useDropdown } from "./dropdown.ts";
import { usePeopleSearch } from "./use-people-search.ts";

interface PeopleSelectProps extends MultiSelectProps {
  accountId: string;
  /** Who can be found, by status. */
  status?: Status[];
  /** Who can be chosen, of those who are found. */
  canChoose?: (user: User) => boolean;
}

const DEFAULT_STATUS: Status[] = ["invited", "active"];

/** Choice of several users, of whom the account may have thousands: the API searches. */
export function PeopleSelect(props: PeopleSelectProps) {
  const { accountId, status = DEFAULT_STATUS, canChoose = () => true, value = [], ...select } = props;
  const [typed, setTyped] = useState("");
  const { found: everybody, words } = usePeopleSearch(accountId, typed, status);
  const found = everybody.filter(canChoose);
  const names = useNames(accountId, value);
  const listed = new Set(found.map(({ user_id }) => user_id));
  const chosen = value.filter((id) => !listed.has(id)).map((id) => ({ value: id, label: names.get(id) ?? "…" }));
  return (
    <MultiSelect
      placeholder={texts.teams.choosePeople}
      searchable
      comboboxProps={useDropdown()}
      {...select}
      nothingFoundMessage={words.nothingFoundMessage}
      error={words.error ?? select.error}
      // The API has searched already.
      filter={({ options }) => options}
      data={[...chosen, ...found.map((user) => ({ value: user.user_id, label: fullName(user) }))]}
      value={value}
      searchValue={typed}
      onSearchChange={setTyped}
    />
  );
}
