import { Progress, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useAccountContext } from "../account/account-context.ts";
import type { Account } from "../api/types.ts";
import { useMayManageSeats } from "../seats/use-may-manage-seats.ts";
import { formatNumber, plural, texts } from "../texts/index.ts";
import classes from "./users.module.css";

/** Seats in use, with a bar if the account has a limit; for those who manage seats, a link to their page. */
export function Seats({ used, limit }: Pick<Account["seats"], "used" | "limit">) {
  const { accountId } = useAccountContext();
  const mayManageSeats = useMayManageSeats();
  const label =
    limit === null
      ? plural(texts.seats.used, used)
      : plural(texts.seats.usedOf, limit, { n: formatNumber(used), limit: formatNumber(limit) });
  const bar = (
    <>
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
    </>
  );
  if (!mayManageSeats) return <div className={classes.seats}>{bar}</div>;
  return (
    <Link to="/$accountId/seats" params={{ accountId }} className={classes.seats} aria-label={label}>
      {bar}
    </Link>
  );
}
