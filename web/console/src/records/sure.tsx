import { List, Text } from "@mantine/core";
import { fill } from "#shared/texts.ts";
import { useNames } from "../api/people.ts";
import { formatNumber, texts } from "../texts/index.ts";
import { typeLabel } from "./labels.ts";

interface SureProps {
  accountId: string;
  /** How many records move, by type, if that is known. */
  counts: Record<string, number>;
  /** Ids of the new owners by type. */
  targets: Record<string, string>;
}

/** What is about to move to whom, before it is ordered for good. */
export function Sure({ accountId, counts, targets }: SureProps) {
  const t = texts.handOver;
  const names = useNames(accountId, [...new Set(Object.values(targets))]);
  return (
    <>
      <Text fw={600}>{t.sure}</Text>
      <List size="sm" spacing="xs">
        {Object.entries(targets).map(([type, userId]) => {
          const n = counts[type];
          const values = { type: typeLabel(type), name: names.get(userId) ?? "…" };
          return (
            <List.Item key={type}>
              {n === undefined ? fill(t.movesAll, values) : fill(t.moves, { ...values, n: formatNumber(n) })}
            </List.Item>
          );
        })}
      </List>
      <Text size="sm">{t.irreversible}</Text>
    </>
  );
}
