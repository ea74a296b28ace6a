import { Select } from "@mantine/core";
import { useState } from "react";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { STATUSES } from "../users/view.ts";
import { useDropdown } from "./dropdown.ts";
import { usePeopleSearch } from "./use-people-search.ts";

const ANYBODY = [...STATUSES];

interface PersonSelectProps {
  accountId: string;
  label: string;
  placeholder: string;
  chosen: { user_id: string; name: string } | undefined;
  /** Gets "" when the choice is cleared. */
  onChange: (userId: string) => void;
}

/** Choice of one user, of whom the account may have thousands: the API searches. */
export function PersonSelect({ accountId, label, placeholder, chosen, onChange }: PersonSelectProps) {
  const [typed, setTyped] = useState(chosen?.name ?? "");
  const { found, words } = usePeopleSearch(accountId, typed === chosen?.name ? "" : typed, ANYBODY);
  const options = found.map((user) => ({ value: user.user_id, label: fullName(user) }));
  const isListed = options.some(({ value }) => value === chosen?.user_id);
  return (
    <Select
      label={label}
      placeholder={placeholder}
      searchable
      clearable
      comboboxProps={useDropdown()}
      clearButtonProps={{ "aria-label": texts.common.clear }}
      {...words}
      // The API has searched already.
      filter={({ options: all }) => all}
      data={chosen && !isListed ? [{ value: chosen.user_id, label: chosen.name }, ...options] : options}
      value={chosen?.user_id ?? null}
      onSearchChange={setTyped}
      onChange={(userId) => {
        onChange(userId ?? "");
      }}
    />
  );
}
