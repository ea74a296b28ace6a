import { List } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { Problem } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import { reactivate, useUserMutation } from "../api/mutations.ts";
import { useAccount } from "../api/queries.ts";
import { isRefusal } from "../api/error-messages.ts";
import { GroupsSelect } from "../page/groups-select.tsx";
import { refusalOfMove } from "../records/refusals.ts";
import { SeatCures, noSeatText, useSeatCures } from "../seats/seat-cures.tsx";
import { formatNumber, texts } from "../texts/index.ts";
import { formatDateTime, isPast } from "../users/dates.ts";
import { fullName } from "../users/full-name.ts";
import { ActionDialog } from "./action-dialog.tsx";
import type { ActionDialogProps } from "./types.ts";

/** None of the user's former groups exists any more: the API asks for new ones. */
const lacksGroups = (error: unknown) =>
  error instanceof Problem && error.errors.some(({ field }) => field.startsWith("groups"));

export default function ReactivateDialog({ user, onClose }: ActionDialogProps) {
  const t = texts.reactivate;
  const [keyOf] = useState(idempotencyKeys);
  const [needsGroups, setNeedsGroups] = useState(false);
  const [groups, setGroups] = useState<string[]>([]);
  const seats = useAccount(user.account_id).data?.seats;
  const cures = useSeatCures();
  const name = fullName(user);
  const change = useUserMutation(user, {
    send: () => reactivate(user, groups, keyOf(groups)),
    onSuccess: (after) => {
      notifications.show({ message: fill(t.done, { name: fullName(after) }) });
      onClose();
    },
    onError: (error) => {
      if (lacksGroups(error)) setNeedsGroups(true);
    },
  });
  const isAskingForGroups = needsGroups && lacksGroups(change.error);
  const refusal = isAskingForGroups ? fill(t.needsGroups, { name: user.first_name }) : refusalOf(change.error, cures);
  return (
    <ActionDialog
      title={fill(t.title, { name })}
      user={user}
      verb={texts.action.reactivate}
      refusal={change.isError ? refusal : ""}
      cure={isRefusal(change.error, "no_seat_available") && <SeatCures {...cures} onLeave={onClose} />}
      isPending={change.isPending}
      onConfirm={() => {
        change.mutate();
      }}
      onClose={onClose}
    >
      <List size="sm" spacing="xs">
        <List.Item>{fill(t.regains, { name: user.first_name })}</List.Item>
        {user.kind === "user" && <List.Item>{seatText(seats)}</List.Item>}
        <List.Item>{t.groups}</List.Item>
        {user.access_until && <List.Item>{endText(user.access_until)}</List.Item>}
      </List>
      {needsGroups && <GroupsSelect accountId={user.account_id} value={groups} onChange={setGroups} />}
    </ActionDialog>
  );
}

const refusalOf = (error: unknown, cures: ReturnType<typeof useSeatCures>): string =>
  isRefusal(error, "no_seat_available") ? noSeatText(cures) : refusalOfMove(error);

/** What becomes of an end of access: one that has passed is cleared. */
function endText(access_until: string): string {
  const { endCleared, endStays } = texts.reactivate;
  return fill(isPast(access_until) ? endCleared : endStays, { date: formatDateTime(access_until) });
}

function seatText(seats: { limit: number | null; available: number | null } | undefined): string {
  if (!seats?.limit) return texts.reactivate.takesSeat;
  const { available, limit } = seats;
  return fill(texts.reactivate.takesSeatOf, { available: formatNumber(available ?? 0), limit: formatNumber(limit) });
}
