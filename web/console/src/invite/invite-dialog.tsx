import { Alert, Button, Group, Stack } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { Problem } from "#shared/problem.ts";
import { api, bodyOf } from "../api/client.ts";
import { useRefreshAfterChange } from "../api/queries.ts";
import { wordsFor } from "../api/refusals.ts";
import type { Account, NewUser } from "../api/types.ts";
import { Dialog } from "../page/dialog.tsx";
import { complain, focusFirst } from "../page/forms.ts";
import { InviteFields } from "./invite-fields.tsx";
import { FIELD_OF_PATH, bodyFrom, useInviteForm } from "./invite-form.ts";

interface InviteDialogProps {
  account: Account;
  isAdmin: boolean;
  onClose: () => void;
}

export function InviteDialog({ account, isAdmin, onClose }: InviteDialogProps) {
  const { account_id } = account;
  const [keyOf] = useState(idempotencyKeys);
  const [refusal, setRefusal] = useState("");
  const phone = useMediaQuery("(max-width: 36em)", undefined, { getInitialValueInEffect: false });
  const form = useInviteForm(account);
  const refresh = useRefreshAfterChange(account_id);

  const invitation = useMutation({
    mutationFn: (body: NewUser) =>
      bodyOf(
        api.POST("/v1/accounts/{account_id}/users", {
          params: { path: { account_id }, header: { "Idempotency-Key": keyOf(body) } },
          body,
        }),
      ),
    onMutate: () => {
      setRefusal("");
    },
    onSuccess: ({ first_name, email }) => {
      notifications.show({ message: `${first_name} has been invited. A mail is on its way to ${email}.` });
      refresh();
      onClose();
    },
    onError: (error) => {
      if (error instanceof Problem && error.errors.length) {
        setRefusal(["Some details need another look.", ...complain(form, error.errors, FIELD_OF_PATH)].join(" "));
      } else {
        setRefusal(wordsFor(error));
      }
    },
  });

  return (
    <Dialog
      onClose={onClose}
      title={`Invite somebody to ${account.name}`}
      size="lg"
      fullScreen={phone}
      closeOnClickOutside={!form.isDirty()}
    >
      <form
        noValidate
        onSubmit={form.onSubmit(
          (values) => {
            invitation.mutate(bodyFrom(values));
          },
          (errors) => {
            focusFirst(form, errors);
          },
        )}
      >
        <Stack>
          <InviteFields form={form} account={account} isAdmin={isAdmin} />
          {refusal && (
            <Alert
              color="red"
              role="alert"
              ref={(alert) => {
                alert?.scrollIntoView({ block: "nearest" });
              }}
            >
              {refusal}
            </Alert>
          )}
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
