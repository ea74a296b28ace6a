import { List, MultiSelect } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { Problem } from "#shared/problem.ts";
import { reactivate, useUserMutation } from "../api/mutations.ts";
import { useAccount, useGroups } from "../api/queries.ts";
import { messageFor } from "../api/error-messages.ts";
import { fullName } from "../users/full-name.ts";
import { ActionDialog } from "./action-dialog.tsx";
import type { ActionDialogProps } from "./types.ts";

/** None of the user's former groups exists any more: the API asks for new ones. */
const lacksGroups = (error: unknown) =>
  error instanceof Problem && error.errors.some(({ field }) => field.startsWith("groups"));

export function ReactivateDialog({ user, onClose }: ActionDialogProps) {
  const [keyOf] = useState(idempotencyKeys);
  const [needsGroups, setNeedsGroups] = useState(false);
  const [groups, setGroups] = useState<string[]>([]);
  const seats = useAccount(user.account_id).data?.seats;
  const freeSeats = seats?.limit ? `: ${String(seats.available)} of ${String(seats.limit)} are free` : "";
  const name = fullName(user);
  const change = useUserMutation(user, {
    send: () => reactivate(user, groups, keyOf(groups)),
    onSuccess: () => {
      notifications.show({ message: `${name} is active again.` });
      onClose();
    },
    onError: (error) => {
      if (lacksGroups(error)) setNeedsGroups(true);
    },
  });
  const isAskingForGroups = needsGroups && lacksGroups(change.error);
  return (
    <ActionDialog
      title={`Reactivate ${name}?`}
      user={user}
      verb="Reactivate"
      refusal={
        isAskingForGroups
          ? `${user.first_name}’s former groups no longer exist. Choose at least one group.`
          : change.isError
            ? messageFor(change.error)
            : ""
      }
      isPending={change.isPending}
      onConfirm={() => {
        change.mutate();
      }}
      onClose={onClose}
    >
      <List size="sm" spacing="xs">
        <List.Item>
          {user.first_name} regains access immediately, without a new invitation, and is notified by email.
        </List.Item>
        <List.Item>Takes 1 seat{freeSeats}.</List.Item>
        <List.Item>Former groups are restored, if they still exist.</List.Item>
      </List>
      {needsGroups && <Groups accountId={user.account_id} value={groups} onChange={setGroups} />}
    </ActionDialog>
  );
}

interface GroupsProps {
  accountId: string;
  value: string[];
  onChange: (groups: string[]) => void;
}

function Groups({ accountId, value, onChange }: GroupsProps) {
  const groups = useGroups(accountId);
  return (
    <MultiSelect
      label="Groups"
      placeholder={value.length ? "" : "Choose groups"}
      data={groups.data?.data.map(({ group_id, name }) => ({ value: group_id, label: name })) ?? []}
      error={groups.isError && "The groups could not be loaded."}
      value={value}
      onChange={onChange}
    />
  );
}
