import { Alert, Progress, Stack, Text } from "@mantine/core";
import type { Account } from "../api/types.ts";
import { formatNumber, plural, texts } from "../texts/index.ts";
import classes from "./seats-page.module.css";

type SeatNumbersProps = Account["seats"] & {
  /** Of the reader's own account: says what they can do when no seat is free. */
  isOwn?: boolean;
};

/** How many seats there are, are in use and are free, in words and with a bar. */
export function SeatNumbers({ limit, used, available, isOwn = true }: SeatNumbersProps) {
  const t = texts.seats;
  if (limit === null) {
    return (
      <Stack gap="xs">
        <Text fw={600}>{plural(t.used, used)}</Text>
        <Text size="sm">{t.noLimit}</Text>
      </Stack>
    );
  }
  const label = plural(t.usedOf, limit, { n: formatNumber(used), limit: formatNumber(limit) });
  return (
    <Stack gap="md">
      <dl className={classes.numbers}>
        <Figure title={t.total} n={limit} />
        <Figure title={t.inUse} n={used} />
        <Figure title={t.free} n={available ?? 0} />
      </dl>
      <Progress
        value={limit ? Math.min(100, (100 * used) / limit) : 100}
        color={used >= limit ? "orange.8" : "accent"}
        size="lg"
        radius="xl"
        aria-label={label}
      />
      {used > limit ? (
        <Alert color="orange" title={plural(t.over, used - limit)}>
          {isOwn && t.overText}
        </Alert>
      ) : (
        used === limit && (
          <Alert color="orange" title={t.noneFree}>
            {isOwn && t.noneFreeText}
          </Alert>
        )
      )}
    </Stack>
  );
}

function Figure({ title, n }: { title: string; n: number }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{formatNumber(n)}</dd>
    </div>
  );
}
