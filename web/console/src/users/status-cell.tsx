import { Button, Group, Text } from "@mantine/core";
import { useAccountContext } from "../account/account-context.ts";
import { useStartAction } from "../actions/action-dialog-host.tsx";
import { allowedActions } from "../actions/actions.ts";
import { canResend } from "../actions/can-resend.ts";
import { ResendButton } from "../actions/resend-button.tsx";
import type { User } from "../api/types.ts";
import { texts } from "../texts/index.ts";
import type { DeliveryFailure } from "./delivery.ts";
import { StatusBadge } from "./status-badge.tsx";
import { DeliveryFailureNote, EndOfAccess, Expiry, RecordsWaiting, failedDelivery } from "./status-note.tsx";

/** Status, expiry, *Resend* if it is allowed, a failed delivery with what helps, end of access, and records that wait. */
export function StatusCell({ user }: { user: User }) {
  const failure = failedDelivery(user);
  const mayCopy = user.allowed_actions.includes("copy_link");
  return (
    <div>
      <Group gap={4}>
        <StatusBadge {...user} />
        {canResend(user) && <ResendButton user={user} />}
      </Group>
      <Expiry user={user} />
      {failure && (
        <>
          <DeliveryFailureNote failure={failure} />
          <Text size="xs" c="dimmed">
            {adviceFor(failure, mayCopy)}
          </Text>
          <CorrectAddress user={user} />
        </>
      )}
      <EndOfAccess user={user} />
      <RecordsWaiting user={user} />
    </div>
  );
}

/** Says what helps; who may not copy the link cannot share it. */
function adviceFor(failure: DeliveryFailure, mayCopy: boolean): string {
  const { bounced, complained, failed, complainedNoLink, failedNoLink } = texts.deliveryAdvice;
  if (failure === "bounced") return bounced;
  if (failure === "failed") return mayCopy ? failed : failedNoLink;
  return mayCopy ? complained : complainedNoLink;
}

function CorrectAddress({ user }: { user: User }) {
  const startAction = useStartAction();
  const action = allowedActions(user, useAccountContext()).find(({ name }) => name === "correct_address");
  if (!action) return null;
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      ml={-8}
      onClick={() => {
        startAction(action, user);
      }}
    >
      {texts.action.correct_address}
    </Button>
  );
}
