import { Select } from "@mantine/core";
import { useState } from "react";
import { useUser } from "../api/queries.ts";
import { useDeactivationPreview } from "../api/records.ts";
import type { User } from "../api/types.ts";
import { useDropdown } from "../page/dropdown.ts";
import { searchWords } from "../page/load-failure.tsx";
import { useSearch } from "../page/use-search.ts";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { unicodeEmail } from "../users/unicode-email.ts";

interface TargetSelectProps {
  /** Whose records move. */
  user: Pick<User, "account_id" | "user_id">;
  /** The types that the new owner must be able to get. */
  types: string[];
  label: string;
  error?: string;
  /** Id of the chosen user; "" for none. */
  value: string;
  onChange: (userId: string) => void;
}

/** Choice of a new owner, of whom the account may have thousands: the API searches, and knows who is eligible. */
export function TargetSelect({ user, types, label, error, value, onChange }: TargetSelectProps) {
  const t = texts.handOver;
  const [typed, setTyped] = useState("");
  const preview = useDeactivationPreview(user, useSearch(typed));
  const words = searchWords(preview, t.nobody);
  const chosen = useUser(user.account_id, value, { enabled: value !== "" }).data;
  const found = (preview.data?.eligible_targets ?? [])
    .filter((target) => types.every((type) => target.types.includes(type)))
    .map((target) => ({ value: target.user_id, label: `${fullName(target)} (${unicodeEmail(target.email)})` }));
  const isListed = found.some((target) => target.value === value);
  const kept = chosen && { value, label: `${fullName(chosen)} (${unicodeEmail(chosen.email)})` };
  const options = kept && !isListed ? [kept, ...found] : found;
  return (
    <Select
      label={label}
      placeholder={t.placeholder}
      searchable
      comboboxProps={useDropdown()}
      nothingFoundMessage={words.nothingFoundMessage}
      // The API has searched already.
      filter={({ options: all }) => all}
      data={options}
      error={words.error ?? error}
      value={value || null}
      onSearchChange={(text) => {
        if (!options.some((option) => option.label === text)) setTyped(text);
      }}
      onChange={(userId) => {
        onChange(userId ?? "");
      }}
    />
  );
}
