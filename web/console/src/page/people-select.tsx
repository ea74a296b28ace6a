import { MultiSelect, type MultiSelectProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useNames, useUsers } from "../api/queries.ts";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { defaultView } from "../users/view.ts";

const SEARCH_DELAY_MS = 250;

/** Choice of several users, of whom the account may have thousands: the API searches. */
export function PeopleSelect({ accountId, value = [], ...select }: { accountId: string } & MultiSelectProps) {
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed.trim(), SEARCH_DELAY_MS);
  const users = useUsers(accountId, { ...defaultView(), status: ["invited", "active"], search });
  const found = users.data?.pages[0]?.data ?? [];
  const names = useNames(accountId, value);
  const listed = new Set(found.map(({ user_id }) => user_id));
  const chosen = value.filter((id) => !listed.has(id)).map((id) => ({ value: id, label: names.get(id) ?? "…" }));
  return (
    <MultiSelect
      placeholder={texts.teams.choosePeople}
      searchable
      nothingFoundMessage={texts.field.noMatch}
      {...select}
      // The API has searched already.
      filter={({ options }) => options}
      data={[...chosen, ...found.map((user) => ({ value: user.user_id, label: fullName(user) }))]}
      value={value}
      searchValue={typed}
      onSearchChange={setTyped}
    />
  );
}
