import { Button, Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { Problem } from "#shared/problem.ts";
import { messageFor } from "../api/error-messages.ts";
import { edit, fetchUser, useUserMutation } from "../api/mutations.ts";
import { useAccount } from "../api/queries.ts";
import type { Edit } from "../api/types.ts";
import { Dialog } from "../page/dialog.tsx";
import { PhoneFields } from "../page/phone-fields.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { useApiForm } from "../page/use-api-form.ts";
import { fullName } from "../users/full-name.ts";
import { FIELD_OF_PATH, toPatch, toValues, useEditForm } from "./edit-form.ts";
import type { ActionDialogProps } from "./types.ts";

const CHANGED_MEANWHILE =
  "Someone else has changed this user in the meantime. The fields now show the current values: please enter your change again.";

export function EditDialog({ user, onClose }: ActionDialogProps) {
  const [seen, setSeen] = useState(user);
  const form = useEditForm(user, useAccount(user.account_id).data?.settings.invite_profile);
  const { refusal, setRefusal, showError, onSubmit } = useApiForm(form, { fieldOfPath: FIELD_OF_PATH });

  const reload = async () => {
    const current = await fetchUser(user);
    setSeen(current);
    form.setInitialValues(toValues(current));
    form.reset();
    return CHANGED_MEANWHILE;
  };
  const change = useUserMutation<Edit>(user, {
    send: (body) => edit(seen, body),
    onSuccess: (after) => {
      notifications.show({ message: `${fullName(after)} has been saved.` });
      onClose();
    },
    onError: (error) => {
      if (error instanceof Problem && error.code === "conflict") {
        reload()
          .catch(messageFor)
          .then(setRefusal, () => undefined);
      } else {
        showError(error);
      }
    },
  });

  return (
    <Dialog onClose={onClose} title={`Edit ${fullName(user)}`} size="lg" closeOnClickOutside={!form.isDirty()}>
      <form
        noValidate
        onSubmit={onSubmit((values) => {
          const body = toPatch(values, seen);
          if (Object.keys(body).length) change.mutate(body);
          else onClose();
        })}
      >
        <Stack>
          <RefusalAlert text={refusal} />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput label="First name" autoComplete="off" data-autofocus {...form.getInputProps("first_name")} />
            <TextInput label="Last name" autoComplete="off" {...form.getInputProps("last_name")} />
          </SimpleGrid>
          <PhoneFields code={form.getInputProps("country_code")} number={form.getInputProps("number")} />
          <Text size="sm" c="dimmed">
            The invitation went to {user.email}. To use another email address, revoke this invitation and send a new
            one.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={change.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
