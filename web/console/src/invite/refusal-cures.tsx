import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Problem } from "#shared/problem.ts";
import { useAccountContext } from "../account/account-context.ts";
import { useStartAction } from "../actions/action-dialog-host.tsx";
import { allowedActions } from "../actions/actions.ts";
import { canResend } from "../actions/can-resend.ts";
import { ResendButton } from "../actions/resend-button.tsx";
import { userQuery } from "../api/queries.ts";
import { useLeaveDialog } from "../page/leave-dialog.ts";
import { ButtonLink, useLeaveByLink } from "../page/links.tsx";
import { texts } from "../texts/index.ts";

interface RefusalCuresProps {
  problem: Problem | undefined;
  /** Goes on with the same address, as that of a user. */
  onInviteAsUser: () => void;
}

/** What can be done instead about an address that is in the account already, or is not that of a partner. */
export function RefusalCures({ problem, onInviteAsUser }: RefusalCuresProps) {
  const { accountId, ...caller } = useAccountContext();
  const startAction = useStartAction();
  const leave = useLeaveDialog();
  const leaveBy = useLeaveByLink();
  const userId = problem?.userId;
  const user = useQuery({ ...userQuery(accountId, userId ?? ""), enabled: userId !== undefined }).data;
  if (problem?.code === "not_a_certified_partner") {
    return (
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{texts.invite.partner.notCertified}</Text>
        <Button size="compact-sm" variant="light" onClick={onInviteAsUser}>
          {texts.invite.partner.asUser}
        </Button>
      </Stack>
    );
  }
  if (!userId) return null;
  const wayBack = user && allowedActions(user, caller).find(({ name }) => name === "reactivate" || name === "unblock");
  return (
    <Group gap="xs">
      <ButtonLink
        variant="default"
        size="compact-sm"
        {...leaveBy({ to: "/$accountId/users/$userId", params: { accountId, userId } })}
      >
        {texts.invite.viewUser}
      </ButtonLink>
      {user && canResend(user) && <ResendButton user={user} variant="light" />}
      {wayBack && (
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            leave(() => {
              startAction(wayBack, user);
            });
          }}
        >
          {texts.action[wayBack.name]}
        </Button>
      )}
    </Group>
  );
}
