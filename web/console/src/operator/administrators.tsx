import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { fill } from "#shared/texts.ts";
import { messageFor } from "../api/error-messages.ts";
import { useAdministratorInvitation } from "../api/operator.ts";
import type { User } from "../api/types.ts";
import seats from "../seats/seats-page.module.css";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { StatusBadge } from "../users/status-badge.tsx";
import { DeliveryFailureNote, EndOfAccess, Expiry, failedDelivery } from "../users/status-note.tsx";
import { unicodeEmail } from "../users/unicode-email.ts";

interface AdministratorsProps {
  users: User[];
  /** False while the account is suspended: its invitation links do not work. */
  canInvite: boolean;
}

/** The administrators of an account with what became of their invitations, which can be sent again. */
export function Administrators({ users, canInvite }: AdministratorsProps) {
  const { administrators, noAdministrators } = texts.operator;
  if (!users.length) return <Text size="sm">{noAdministrators}</Text>;
  return (
    <ul className={seats.requests} aria-label={administrators}>
      {users.map((user) => (
        <Administrator key={user.user_id} user={user} canInvite={canInvite} />
      ))}
    </ul>
  );
}

function Administrator({ user, canInvite }: { user: User; canInvite: boolean }) {
  const failure = failedDelivery(user);
  return (
    <li className={seats.request}>
      <Group justify="space-between" gap="xs">
        <div>
          <Text fw={600} size="sm">
            {fullName(user)}
          </Text>
          <Text size="sm" c="dimmed">
            {unicodeEmail(user.email)}
          </Text>
        </div>
        <Group gap="xs">
          <div>
            <StatusBadge {...user} />
            <Expiry user={user} />
            {failure && <DeliveryFailureNote failure={failure} />}
            <EndOfAccess user={user} />
          </div>
          {user.invitation && canInvite && <SendAgain user={user} />}
        </Group>
      </Group>
    </li>
  );
}

function SendAgain({ user }: { user: User }) {
  const { account_id, first_name, last_name, email, version } = user;
  const [keyOf, renewKeys] = useState(idempotencyKeys);
  const invitation = useAdministratorInvitation(account_id, (body) => keyOf({ ...body, version }), {
    onSuccess: () => {
      renewKeys(idempotencyKeys);
      notifications.show({ message: fill(texts.resend.done, { email: unicodeEmail(email) }) });
    },
    onError: (error) => {
      notifications.show({ color: "red", message: messageFor(error, "mails") });
    },
  });
  return (
    <Button
      variant="default"
      size="compact-md"
      fz="sm"
      aria-label={fill(texts.resend.label, { name: fullName(user) })}
      loading={invitation.isPending}
      onClick={() => {
        invitation.mutate({ first_name, ...(last_name ? { last_name } : {}), email });
      }}
    >
      {texts.action.resend}
    </Button>
  );
}
