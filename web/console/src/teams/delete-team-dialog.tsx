import { Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { isRefusal, messageFor } from "../api/error-messages.ts";
import { type Team, useDeleteTeam, useTeams } from "../api/teams.ts";
import { ConfirmButtons } from "../page/confirm-buttons.tsx";
import { Dialog } from "../page/dialog.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { texts } from "../texts/index.ts";

/** Deletes a team once that is confirmed. */
export function DeleteTeamDialog({ team, onClose }: { team: Team; onClose: () => void }) {
  const t = texts.teams;
  const { accountId } = useAccountContext();
  // After a conflict the team is read again, and another attempt names the version that it has by then.
  const current = useTeams(accountId).data?.data.find(({ team_id }) => team_id === team.team_id) ?? team;
  const deletion = useDeleteTeam(accountId, current, {
    onSuccess: () => {
      notifications.show({ message: fill(t.deletedToast, { name: team.name }) });
      onClose();
    },
  });
  const refusal = isRefusal(deletion.error, "not_allowed") ? t.notAllowed : messageFor(deletion.error);
  return (
    <Dialog title={fill(t.deleteTitle, { name: team.name })} onClose={onClose} centered>
      <Stack pb="md">
        <RefusalAlert text={deletion.isError ? refusal : ""} />
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
