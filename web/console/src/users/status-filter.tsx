import { Chip, Group } from "@mantine/core";
import { useId } from "react";
import { fill } from "#shared/texts.ts";
import type { Account, Status } from "../api/types.ts";
import { formatNumber, texts } from "../texts/index.ts";
import { StatusMeanings } from "./status-meanings.tsx";
import type { AttentionCount } from "./use-attention-count.ts";
import classes from "./users-filters.module.css";
import { ONLY, STATUSES, type UsersView, defaultView, hasAllStatuses } from "./view.ts";

interface StatusFilterProps {
  view: Pick<UsersView, "status" | "only">;
  onChange: (change: Pick<UsersView, "status" | "only">) => void;
  counts: Account["counts"];
  /** How many need attention, if it is known. */
  attention: AttentionCount | undefined;
}

/**
 * Chips that choose statuses. *All*, *Needs attention* and *Records waiting* each stand alone: a status chosen next
 * replaces them. Without any status chosen, all are shown.
 */
export function StatusFilter({ view, onChange, counts, attention }: StatusFilterProps) {
  const isAll = hasAllStatuses(view);
  const choose = (status: readonly Status[], only: UsersView["only"] = "") => {
    onChange({ status: status.length ? [...status] : [...STATUSES], only });
  };
  const toDefault = () => {
    choose(defaultView().status);
  };
  return (
    <Group gap={6} role="group" aria-label={texts.status.label}>
      <StatusChip
        label={texts.status.all}
        count={Object.values(counts).reduce((sum, count) => sum + count, 0)}
        checked={isAll}
        onChange={(checked) => {
          if (checked) choose(STATUSES);
          else toDefault();
        }}
      />
      {(["attention", "waiting"] as const).map((only) => (
        <StatusChip
          key={only}
          label={texts.status[only]}
          {...(only === "attention" && attention)}
          checked={view.only === only}
          onChange={(checked) => {
            if (checked) choose(ONLY[only], only);
            else toDefault();
          }}
        />
      ))}
      <Chip.Group
        multiple
        value={isAll || view.only ? [] : view.status}
        onChange={(chosen) => {
          choose(STATUSES.filter((status) => chosen.includes(status)));
        }}
      >
        {STATUSES.map((status) => (
          <StatusChip key={status} value={status} label={texts.status[status]} count={counts[status]} />
        ))}
      </Chip.Group>
      <StatusMeanings />
    </Group>
  );
}

interface StatusChipProps {
  label: string;
  count?: number | undefined;
  /** Whether there may be more than are counted. */
  isMore?: boolean;
  value?: Status;
  checked?: boolean;
  onChange?: (checked: boolean) => void;
}

function StatusChip({ label, count = 0, isMore = false, ...chip }: StatusChipProps) {
  const countId = useId();
  return (
    <Chip
      size="sm"
      variant="outline"
      aria-label={label}
      {...(count > 0 && { "aria-describedby": countId })}
      className={classes.chip ?? ""}
      {...chip}
    >
      <span>{label}</span>
      {count > 0 && (
        <span id={countId} className={classes.count}>
          {isMore ? fill(texts.common.atLeast, { n: formatNumber(count) }) : formatNumber(count)}
        </span>
      )}
    </Chip>
  );
}
