import { Radio, Stack } from "@mantine/core";
import "@mantine/core/styles/Radio.layer.css";
import type { BlockReason } from "../api/mutations.ts";
import { texts } from "../texts/index.ts";

const REASONS = ["security", "terms", "other"] as const satisfies BlockReason[];

interface BlockReasonFieldProps {
  value: BlockReason;
  onChange: (reason: BlockReason) => void;
}

/** Why someone is blocked, which is kept in the journal. */
export function BlockReasonField({ value, onChange }: BlockReasonFieldProps) {
  const t = texts.block;
  return (
    <Radio.Group label={t.reason} description={t.reasonHint} value={value} onChange={onChange}>
      <Stack gap="xs" mt="xs">
        {REASONS.map((reason) => (
          <Radio key={reason} value={reason} label={t[reason]} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
