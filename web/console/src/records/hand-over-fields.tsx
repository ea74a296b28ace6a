import { Button, List, Radio, Stack, Text } from "@mantine/core";
import "@mantine/core/styles/Radio.layer.css";
import { fill } from "#shared/texts.ts";
import type { User } from "../api/types.ts";
import { formatList, texts } from "../texts/index.ts";
import type { HandOverChoice } from "./choice.ts";
import { countLines, keptLabels, typeLabel } from "./labels.ts";
import { TargetSelect } from "./target-select.tsx";

interface HandOverFieldsProps {
  user: User;
  /** What moves, and what is removed, by type. */
  counts: Record<string, number>;
  removes: Record<string, number>;
  value: HandOverChoice;
  /** Whether the records can wait. */
  canWait: boolean;
  onChange: (choice: HandOverChoice) => void;
}

/** What the user owns, by type, and who gets it: one person, one for each type, or nobody until later. */
export function HandOverFields({ user, counts, removes, value, canWait, onChange }: HandOverFieldsProps) {
  const t = texts.handOver;
  const kept = keptLabels();
  const moves = Object.keys(counts).length > 0;
  return (
    <Stack gap="xs">
      <Text size="sm">{fill(t.owns, { name: user.first_name })}</Text>
      <List size="sm">
        {[...countLines(counts), ...countLines(removes, t.removed)].map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
        {kept.length > 0 && <List.Item>{fill(t.kept, { types: formatList(kept) })}</List.Item>}
      </List>
      {moves && canWait && (
        <Radio.Group
          aria-label={t.question}
          value={value.isLater ? "later" : "now"}
          onChange={(choice) => {
            onChange({ ...value, isLater: choice === "later" });
          }}
        >
          <Stack gap="xs">
            <Radio value="now" label={t.now} />
            <Radio value="later" label={t.later} />
          </Stack>
        </Radio.Group>
      )}
      {moves && !value.isLater && <Targets user={user} types={Object.keys(counts)} value={value} onChange={onChange} />}
      <Text size="sm" fw={600}>
        {moves ? t.irreversible : t.removedForGood}
      </Text>
    </Stack>
  );
}

interface TargetsProps extends Pick<HandOverFieldsProps, "user" | "value" | "onChange"> {
  types: string[];
}

function Targets({ user, types, value, onChange }: TargetsProps) {
  const t = texts.handOver;
  return (
    <>
      {value.isPerType ? (
        types.map((type) => (
          <TargetSelect
            key={type}
            user={user}
            types={[type]}
            label={fill(t.targetOf, { type: typeLabel(type) })}
            value={value.targets[type] ?? ""}
            onChange={(userId) => {
              onChange({ ...value, targets: { ...value.targets, [type]: userId } });
            }}
          />
        ))
      ) : (
        <TargetSelect
          user={user}
          types={types}
          label={t.target}
          value={value.target}
          onChange={(target) => {
            onChange({ ...value, target });
          }}
        />
      )}
      {types.length > 1 && (
        <Button
          variant="subtle"
          size="compact-sm"
          style={{ alignSelf: "flex-start" }}
          onClick={() => {
            onChange({ ...value, isPerType: !value.isPerType });
          }}
        >
          {value.isPerType ? t.forAll : t.perType}
        </Button>
      )}
    </>
  );
}
