import { Button, Group, Stack } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { invite } from "../api/mutations.ts";
import { useRefreshAfterChange } from "../api/queries.ts";
import type { Account, NewUser } from "../api/types.ts";
import { Dialog } from "../page/dialog.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { useApiForm } from "../page/use-api-form.ts";
import { InviteFields } from "./invite-fields.tsx";
import { FIELD_OF_PATH, toBody, useInviteForm } from "./invite-form.ts";

interface InviteDialogProps {
  account: Account;
  isAdmin: boolean;
  onClose: () => void;
}

export function InviteDialog({ account, isAdmin, onClose }: InviteDialogProps) {
  const { account_id } = account;
  const [keyOf] = useState(idempotencyKeys);
  const phone = useMediaQuery("(max-width: 36em)", undefined, { getInitialValueInEffect: false });
  const form = useInviteForm(account);
  const { refusal, showError, onSubmit } = useApiForm(form, { fieldOfPath: FIELD_OF_PATH });
  const refresh = useRefreshAfterChange(account_id);

  const invitation = useMutation({
    mutationFn: (body: NewUser) => invite(account_id, body, keyOf(body)),
    onSuccess: ({ email }) => {
      notifications.show({ message: `Invitation sent to ${email}.` });
      refresh();
      onClose();
    },
    onError: showError,
  });

  return (
    <Dialog
      onClose={onClose}
      title={`Invite someone to ${account.name}`}
      size="lg"
      fullScreen={phone}
      closeOnClickOutside={!form.isDirty()}
    >
      <form
        noValidate
        onSubmit={onSubmit((values) => {
          invitation.mutate(toBody(values));
        })}
      >
        <Stack>
          <InviteFields form={form} account={account} isAdmin={isAdmin} />
          <RefusalAlert text={refusal} scrollIntoView />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={invitation.isPending}>
              Send invitation
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
