import { Button, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Problem } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { messageFor } from "../api/error-messages.ts";
import { deleteGroup, useGroupMutation } from "../api/groups.ts";
import { useGroups } from "../api/queries.ts";
import type { Group } from "../api/types.ts";
import { Dialog, DialogButtons } from "../page/dialog.tsx";
import { ButtonLink } from "../page/links.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { plural, texts } from "../texts/index.ts";
import { groupUsersView } from "./group-users-view.ts";

/** Deletes a group that nobody is in; otherwise says who is in it, and leads to them. */
export function DeleteGroupDialog({ group, onClose }: { group: Group; onClose: () => void }) {
  const t = texts.groups;
  const { account, accountId, isAdmin, may } = useAccountContext();
  // After a conflict the group is read again, and another attempt names the version that it has by then.
  const current = useGroups(accountId).data?.data.find(({ group_id }) => group_id === group.group_id) ?? group;
  const deletion = useGroupMutation(accountId, () => deleteGroup(accountId, current), {
    onSuccess: () => {
      notifications.show({ message: fill(t.deletedToast, { name: group.name }) });
      onClose();
    },
  });
  const refused = deletion.error instanceof Problem && deletion.error.code === "group_in_use" ? deletion.error : null;
  const users = refused ? (refused.userCount ?? 0) : current.user_count;
  const isStartingGroup = account.settings.default_group === group.group_id || (refused !== null && !users);
  const isInUse = users > 0 || isStartingGroup;
  const inUse = users ? plural(t.inUse, users) : t.inUseAsStart;
  const otherRefusal = deletion.isError ? messageFor(deletion.error) : "";
  return (
    <Dialog title={fill(t.deleteTitle, { name: group.name })} onClose={onClose} centered>
      <Stack pb="md">
        <RefusalAlert text={isInUse ? inUse : otherRefusal} />
        {!isInUse && <Text size="sm">{t.deleteText}</Text>}
      </Stack>
      <DialogButtons isBusy={deletion.isPending}>
        <Button variant="default" disabled={deletion.isPending} onClick={onClose} data-autofocus>
          {isInUse ? texts.common.close : texts.common.cancel}
        </Button>
        {!isInUse && (
          <Button
            color="red.8"
            loading={deletion.isPending}
            onClick={() => {
              deletion.mutate(undefined);
            }}
          >
            {texts.common.delete}
          </Button>
        )}
        {users > 0 && may("users.view") && (
          <ButtonLink to="/$accountId/users" params={{ accountId }} search={groupUsersView(group.group_id)}>
            {t.showUsers}
          </ButtonLink>
        )}
        {!users && isStartingGroup && isAdmin && (
          <ButtonLink to="/$accountId/settings" params={{ accountId }}>
            {texts.settings.title}
          </ButtonLink>
        )}
      </DialogButtons>
    </Dialog>
  );
}
