import { Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { messageFor } from "../api/error-messages.ts";
import { type Team, useDeleteTeam } from "../api/teams.ts";
import { ConfirmButtons } from "../page/confirm-buttons.tsx";
import { Dialog } from "../page/dialog.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { texts } from "../texts/index.ts";

export function DeleteTeamDialog({ team, onClose }: { team: Team; onClose: () => void }) {
  const t = texts.teams;
  const { accountId } = useAccountContext();
  const deletion = useDeleteTeam(accountId, team, {
    onSuccess: () => {
      notifications.show({ message: fill(t.deletedToast, { name: team.name }) });
      onClose();
    },
  });
  return (
    <Dialog title={fill(t.deleteTitle, { name: team.name })} onClose={onClose} centered>
      <Stack pb="md">
        <RefusalAlert text={deletion.isError ? messageFor(deletion.error) : ""} />
        <Text size="sm">{t.deleteText}</Text>
      </Stack>
      <ConfirmButtons
        verb={texts.common.delete}
        isPending={deletion.isPending}
        onConfirm={() => {
          deletion.mutate(undefined);
        }}
        onClose={onClose}
      />
    </Dialog>
  );
}
