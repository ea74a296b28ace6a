import { List, Loader, Radio, Select, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import recordTypes from "#shared/record_types.json" with { type: "json" };
import { fill } from "#shared/texts.ts";
import { type HandOver, fetchDeactivationPreview } from "../api/mutations.ts";
import { queryKeys } from "../api/query-keys.ts";
import type { User } from "../api/types.ts";
import { useDropdown } from "../page/dropdown.ts";
import { currentLocale, texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";

const SEARCH_DELAY_MS = 250;

interface HandOverFieldsProps {
  user: User;
  value: HandOver;
  /** Whether the records can wait. */
  canWait: boolean;
  onChange: (choice: HandOver) => void;
}

/** What the user owns, by type, and who gets it: someone else, or nobody until later. */
export function HandOverFields({ user, value, canWait, onChange }: HandOverFieldsProps) {
  const t = texts.handOver;
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed, SEARCH_DELAY_MS);
  const dropdown = useDropdown();
  const preview = useQuery({
    queryKey: [...queryKeys.user(user.account_id, user.user_id), "deactivation-preview", search],
    queryFn: () => fetchDeactivationPreview(user, search),
    placeholderData: keepPreviousData,
  });
  if (!preview.data) return preview.isError ? null : <Loader size="sm" />;
  const { counts, removes, eligible_targets } = preview.data;
  const moving = Object.keys(counts);
  const targets = eligible_targets
    .filter(({ types }) => moving.every((type) => types.includes(type)))
    .map((target) => ({ value: target.user_id, label: fullName(target) }));
  return (
    <Stack gap="xs">
      <Text size="sm">{fill(t.owns, { name: user.first_name })}</Text>
      <List size="sm">
        {[...lines(counts), ...lines(removes, t.removed)].map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
      {canWait && (
        <Radio.Group
          aria-label={t.question}
          value={"hand_over" in value ? "later" : "now"}
          onChange={(choice) => {
            onChange(choice === "later" ? { hand_over: "later" } : {});
          }}
        >
          <Stack gap="xs">
            <Radio value="now" label={t.now} />
            <Radio value="later" label={t.later} />
          </Stack>
        </Radio.Group>
      )}
      {!("hand_over" in value) && (
        <Select
          label={t.target}
          placeholder={t.placeholder}
          searchable
          comboboxProps={dropdown}
          nothingFoundMessage={t.nobody}
          // The API has searched already.
          filter={({ options }) => options}
          data={targets}
          value={value.reassign_to ?? null}
          onSearchChange={(text) => {
            if (!targets.some(({ label }) => label === text)) setTyped(text);
          }}
          onChange={(userId) => {
            onChange(userId ? { reassign_to: userId } : {});
          }}
        />
      )}
      <Text size="sm" fw={600}>
        {t.irreversible}
      </Text>
    </Stack>
  );
}

function lines(counts: Record<string, number>, form = "{type}: {n}"): string[] {
  return Object.entries(counts).map(([type, n]) => fill(form, { type: labelOf(type), n }));
}

function labelOf(type: string): string {
  return recordTypes.find((known) => known.type === type)?.label[currentLocale()] ?? type;
}
