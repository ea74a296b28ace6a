import { Alert, Button, Group, Text } from "@mantine/core";
import { useAccountContext } from "../account/account-context.ts";
import type { SeatRequest } from "../api/seats.ts";
import { ButtonLink, useLeaveByLink } from "../page/links.tsx";
import { useMayManageSeats } from "../seats/use-may-manage-seats.ts";
import { texts } from "../texts/index.ts";

const BUTTON = { variant: "default", size: "compact-sm" } as const;

interface NoSeatProps {
  /** The invitation has been refused; otherwise this is a warning before it is sent. */
  isRefused: boolean;
  onAsk: (kind: SeatRequest["kind"]) => void;
}

/** Says that no seat is free, with the ways out as buttons: get a seat, or free one (rule 5). */
export function NoSeat({ isRefused, onAsk }: NoSeatProps) {
  const t = texts.invite;
  const { accountId, isAdmin } = useAccountContext();
  const mayManageSeats = useMayManageSeats();
  const leaveBy = useLeaveByLink();
  return (
    <Alert
      color={isRefused ? "red" : "orange"}
      title={t.noSeatTitle}
      role={isRefused ? "alert" : "status"}
      ref={(alert) => {
        if (isRefused) alert?.scrollIntoView({ block: "nearest" });
      }}
    >
      <Text size="sm">{mayManageSeats ? t.noSeat : t.noSeatAsk}</Text>
      <Group gap="xs" mt="sm">
        {mayManageSeats && (
          <>
            <Button
              {...BUTTON}
              onClick={() => {
                onAsk("purchase");
              }}
            >
              {t.getSeat}
            </Button>
            <Button
              {...BUTTON}
              onClick={() => {
                onAsk("complimentary");
              }}
            >
              {t.getComplimentary}
            </Button>
          </>
        )}
        {isAdmin && (
          <ButtonLink
            {...BUTTON}
            {...leaveBy({ to: "/$accountId/users", params: { accountId }, search: { status: "active" } as never })}
          >
            {t.freeSeat}
          </ButtonLink>
        )}
      </Group>
    </Alert>
  );
}
