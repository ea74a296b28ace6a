import { Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Problem } from "#shared/problem.ts";
import { useAccountContext } from "../account/account-context.ts";
import { useStartAction } from "../actions/action-dialog-host.tsx";
import { allowedActions } from "../actions/actions.ts";
import { canResend } from "../actions/can-resend.ts";
import { ResendButton } from "../actions/resend-button.tsx";
import { fetchUser } from "../api/mutations.ts";
import { queryKeys } from "../api/query-keys.ts";
import { ButtonLink } from "../page/links.tsx";
import { texts } from "../texts/index.ts";

interface RefusalCuresProps {
  problem: Problem | undefined;
  /** Closes the dialog; what was entered is kept. */
  onLeave: () => void;
}

/** What can be done instead of inviting an address that is in the account already. */
export function RefusalCures({ problem, onLeave }: RefusalCuresProps) {
  const { accountId } = useAccountContext();
  const startAction = useStartAction();
  const userId = problem?.userId;
  const user = useQuery({
    queryKey: queryKeys.user(accountId, userId ?? ""),
    queryFn: () => fetchUser({ account_id: accountId, user_id: userId ?? "" }),
    enabled: userId !== undefined,
  }).data;
  if (!userId) return null;
  const wayBack = user && allowedActions(user, false).find(({ name }) => name === "reactivate" || name === "unblock");
  return (
    <Group gap="xs">
      <ButtonLink
        variant="default"
        size="compact-sm"
        to="/$accountId/users/$userId"
        params={{ accountId, userId }}
        onClick={onLeave}
      >
        {texts.invite.viewUser}
      </ButtonLink>
      {user && canResend(user) && <ResendButton user={user} variant="light" />}
      {wayBack && (
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            onLeave();
            startAction(wayBack, user);
          }}
        >
          {texts.action[wayBack.name]}
        </Button>
      )}
    </Group>
  );
}
