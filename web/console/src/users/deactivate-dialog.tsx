import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { api, bodyOf } from "../api/client.ts";
import { useRefreshAfterChange } from "../api/queries.ts";
import { wordsFor } from "../api/refusals.ts";
import { Dialog } from "../page/dialog.tsx";
import type { ActionDialogProps } from "./user-actions.tsx";
import { nameOf } from "./user-identity.tsx";

export function DeactivateDialog({ user, onClose }: ActionDialogProps) {
  const [keyOf] = useState(idempotencyKeys);
  const refresh = useRefreshAfterChange(user.account_id);
  const name = nameOf(user);
  const deactivation = useMutation({
    mutationFn: () =>
      bodyOf(
        api.POST("/v1/accounts/{account_id}/users/{user_id}/deactivate", {
          params: {
            path: { account_id: user.account_id, user_id: user.user_id },
            header: { "Idempotency-Key": keyOf({}) },
          },
          body: {},
        }),
      ),
    onSuccess: () => {
      notifications.show({ message: `${name} has been deactivated.` });
      onClose();
    },
    onSettled: refresh,
  });

  return (
    <Dialog onClose={onClose} title={`Deactivate ${name}?`} centered>
      <Stack>
        {deactivation.isError && (
          <Alert color="red" role="alert">
            {wordsFor(deactivation.error)}
          </Alert>
        )}
        <List size="sm" spacing="xs">
          <List.Item>Access ends at once, on every device.</List.Item>
          <List.Item>The seat is free again for somebody else.</List.Item>
          <List.Item>Invitations that {user.first_name} sent and that are still open stop working.</List.Item>
          <List.Item>{user.first_name} stays in the list as inactive, and keeps access to other accounts.</List.Item>
        </List>
        <Text size="sm" c="dimmed">
          {user.email}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button
            color="red.8"
            loading={deactivation.isPending}
            onClick={() => {
              deactivation.mutate();
            }}
          >
            Deactivate
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
