import { MultiSelect, type MultiSelectProps } from "@mantine/core";
import { useState } from "react";
import "@mantine/core/styles/PillsInput.layer.css";
import "@mantine/core/styles/Pill.layer.css";
import { useAccountContext } from "../account/account-context.ts";
import { useGroups } from "../api/queries.ts";
import { useDropdown } from "./dropdown.ts";
import { texts } from "../texts/index.ts";
import { loadError } from "./load-failure.tsx";

interface GroupsSelectProps extends Omit<MultiSelectProps, "description"> {
  accountId: string;
  description?: string | undefined;
  /** The account's group for new users: anyone who may invite can choose it, whatever it allows. */
  given?: string | null;
}

/**
 * Choice of groups, without the administrators' group, which the switch *Administrator* stands for. A group with
 * permissions that the caller lacks stays if it is chosen, and cannot be added.
 */
export function GroupsSelect({ accountId, given = null, ...select }: GroupsSelectProps) {
  const { may } = useAccountContext();
  const groups = useGroups(accountId);
  const { value = [], disabled = false, description } = select;
  const [before] = useState(value);
  const options = (groups.data?.data ?? [])
    .filter((group) => !group.default)
    .map(({ group_id, name, permissions }) => ({
      value: group_id,
      label: name,
      disabled: ![given, ...before, ...value].includes(group_id) && !permissions.every(may),
    }));
  const isLimited = !disabled && options.some((option) => option.disabled);
  return (
    <MultiSelect
      label={texts.field.groups}
      placeholder={value.length ? "" : texts.field.chooseGroups}
      data={options}
      searchable
      nothingFoundMessage={texts.field.noMatch}
      comboboxProps={useDropdown()}
      {...select}
      description={isLimited ? [description, texts.field.groupsBeyond].filter(Boolean).join(" ") : description}
      error={loadError(groups, texts.field.noGroups) ?? select.error}
    />
  );
}
