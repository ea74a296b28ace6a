import { Group } from "@mantine/core";
import { useAccountContext } from "../account/account-context.ts";
import { ButtonLink } from "../page/links.tsx";
import { texts } from "../texts/index.ts";
import { useMayManageSeats } from "./use-may-manage-seats.ts";

interface Deciding {
  accountId: string;
  isAdmin: boolean;
  mayManageSeats: boolean;
}

/** Returns what decides on the ways out that the caller has. */
export function useSeatCures(): Deciding {
  const { accountId, isAdmin } = useAccountContext();
  return { accountId, isAdmin, mayManageSeats: useMayManageSeats() };
}

/** Says that no seat is free, and what the caller can do about it. */
export const noSeatText = ({ mayManageSeats }: Deciding): string =>
  mayManageSeats ? texts.error.no_seat_available : texts.error.noSeatAsk;

const BUTTON = { variant: "default", size: "compact-sm" } as const;

/** The ways out where no seat is free (rule 5), as links: get a seat, or free one. Needs no context: a toast has none. */
export function SeatCures({ accountId, isAdmin, mayManageSeats, onLeave }: Deciding & { onLeave?: () => void }) {
  if (!isAdmin) return null;
  const leave = onLeave && { onClick: onLeave };
  return (
    <Group gap="xs" mt="sm">
      {mayManageSeats && (
        <ButtonLink {...BUTTON} to="/$accountId/seats" params={{ accountId }} {...leave}>
          {texts.seats.get}
        </ButtonLink>
      )}
      <ButtonLink
        {...BUTTON}
        to="/$accountId/users"
        params={{ accountId }}
        search={{ status: "active" } as never}
        {...leave}
      >
        {texts.invite.freeSeat}
      </ButtonLink>
    </Group>
  );
}

/** The refusal with its ways out, for a toast, which they close. */
export const noSeatWithCures = (deciding: Deciding, onLeave: () => void) => (
  <>
    {noSeatText(deciding)}
    <SeatCures {...deciding} onLeave={onLeave} />
  </>
);
