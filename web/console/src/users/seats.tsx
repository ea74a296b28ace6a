import { Progress, Text } from "@mantine/core";
import type { Account } from "../api/types.ts";
import { formatNumber, plural, texts } from "../texts/index.ts";
import classes from "./users.module.css";

/** Seats in use, with a bar if the account has a limit. */
export function Seats({ used, limit }: Pick<Account["seats"], "used" | "limit">) {
  const label =
    limit === null
      ? plural(texts.seats.used, used)
      : plural(texts.seats.usedOf, limit, { n: formatNumber(used), limit: formatNumber(limit) });
  return (
    <div className={classes.seats}>
      <Text size="sm" className={classes.seatLabel}>
        {label}
      </Text>
      {limit !== null && (
        <Progress
          value={limit ? Math.min(100, (100 * used) / limit) : 100}
          color={used >= limit ? "orange.8" : "accent"}
          size="sm"
          radius="xl"
          aria-label={label}
        />
      )}
    </div>
  );
}
