import { MultiSelect, type MultiSelectProps } from "@mantine/core";
import "@mantine/core/styles/PillsInput.layer.css";
import "@mantine/core/styles/Pill.layer.css";
import { useGroups } from "../api/queries.ts";
import { useDropdown } from "./dropdown.ts";
import { texts } from "../texts/index.ts";
import { loadError } from "./load-failure.tsx";

/** Choice of groups. The administrators' group is no choice: the switch *Administrator* is that group. */
export function GroupsSelect({ accountId, ...select }: { accountId: string } & MultiSelectProps) {
  const groups = useGroups(accountId);
  const options = groups.data?.data.filter((group) => !group.default) ?? [];
  return (
    <MultiSelect
      label={texts.field.groups}
      placeholder={select.value?.length ? "" : texts.field.chooseGroups}
      data={options.map(({ group_id, name }) => ({ value: group_id, label: name }))}
      searchable
      nothingFoundMessage={texts.field.noMatch}
      comboboxProps={useDropdown()}
      {...select}
      error={loadError(groups, texts.field.noGroups) ?? select.error}
    />
  );
}
