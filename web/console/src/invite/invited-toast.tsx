import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { fill } from "#shared/texts.ts";
import type { User } from "../api/types.ts";
import { TextLink } from "../page/links.tsx";
import { texts } from "../texts/index.ts";
import { unicodeEmail } from "../users/unicode-email.ts";

const TOAST_MS = 8_000;

interface Next {
  canView: boolean;
  onCopyLink: (() => void) | undefined;
}

/** Says that someone has been invited, and offers what comes next, as far as the person may. */
export function showInvited(user: User, { canView, onCopyLink }: Next): void {
  const id = `invited ${user.user_id}`;
  const t = user.kind === "partner" ? texts.invite.partner : texts.invite;
  const { email, account_id, user_id } = user;
  const message = (
    <Group gap="xs" justify="space-between">
      <span>{fill(user.admin ? t.doneAdmin : t.done, { email: unicodeEmail(email) })}</span>
      <Group gap="xs">
        {canView && (
          <TextLink
            to="/$accountId/users/$userId"
            params={{ accountId: account_id, userId: user_id }}
            fw={600}
            size="sm"
            underline="always"
          >
            {texts.common.view}
          </TextLink>
        )}
        {onCopyLink && (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => {
              notifications.hide(id);
              onCopyLink();
            }}
          >
            {texts.action.copy_link}
          </Button>
        )}
      </Group>
    </Group>
  );
  notifications.show({ id, message, autoClose: TOAST_MS });
}
