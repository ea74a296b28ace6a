import { Text } from "@mantine/core";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import type { Status } from "../api/types.ts";
import { TextLink } from "../page/links.tsx";
import { formatNumber, texts } from "../texts/index.ts";
import { StatusBadge } from "../users/status-badge.tsx";
import classes from "./seats-page.module.css";

/** Statuses whose users hold a seat (rule 26). */
const HOLDING = ["active", "invited", "blocked"] as const satisfies Status[];

/** How many users of each status hold a seat, with links to them. */
export function SeatsByStatus() {
  const t = texts.seats;
  const { account, accountId, may } = useAccountContext();
  return (
    <>
      <ul className={classes.statuses}>
        {HOLDING.map((status) => {
          const n = account.counts[status] ?? 0;
          return (
            <li key={status} className={classes.status}>
              <StatusBadge status={status} />
              {may("users.view") && n > 0 ? (
                <TextLink
                  to="/$accountId/users"
                  params={{ accountId }}
                  search={{ status } as never}
                  underline="always"
                  aria-label={`${formatNumber(n)}: ${fill(t.showUsers, { status: texts.status[status] })}`}
                >
                  {formatNumber(n)}
                </TextLink>
              ) : (
                <span>{formatNumber(n)}</span>
              )}
            </li>
          );
        })}
      </ul>
      <Text size="sm" c="dimmed">
        {t.holdNone}
      </Text>
    </>
  );
}
