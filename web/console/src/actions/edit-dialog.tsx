import { Alert, Button, Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { Problem } from "#shared/problem.ts";
import { edit, userNow, useUserChange } from "../api/changes.ts";
import { useAccount } from "../api/queries.ts";
import { wordsFor } from "../api/refusals.ts";
import type { Edit } from "../api/types.ts";
import { Dialog } from "../page/dialog.tsx";
import { complain, focusFirst } from "../page/forms.ts";
import { PhoneFields } from "../page/phone-fields.tsx";
import { nameOf } from "../users/names.ts";
import type { ActionDialogProps } from "./actions.ts";
import { FIELD_OF_PATH, editOf, useEditForm, valuesOf } from "./edit-form.ts";

const CHANGED_MEANWHILE =
  "Somebody else has changed this user meanwhile. Below is how it stands now: please enter your change once more.";

export function EditDialog({ user, onClose }: ActionDialogProps) {
  const [seen, setSeen] = useState(user);
  const [refusal, setRefusal] = useState("");
  const form = useEditForm(user, useAccount(user.account_id).data?.settings.invite_profile);

  const loadAgain = async () => {
    const now = await userNow(user);
    setSeen(now);
    form.setInitialValues(valuesOf(now));
    form.reset();
    return CHANGED_MEANWHILE;
  };
  const change = useUserChange<Edit>(user, {
    make: (body) => edit(seen, body),
    onDone: (after) => {
      notifications.show({ message: `${nameOf(after)} has been saved.` });
      onClose();
    },
    onRefused: (error) => {
      if (error instanceof Problem && error.errors.length) {
        setRefusal(["Some details need another look.", ...complain(form, error.errors, FIELD_OF_PATH)].join(" "));
      } else if (error instanceof Problem && error.code === "conflict") {
        loadAgain()
          .catch(wordsFor)
          .then(setRefusal, () => undefined);
      } else {
        setRefusal(wordsFor(error));
      }
    },
  });

  return (
    <Dialog onClose={onClose} title={`Edit ${nameOf(user)}`} size="lg" closeOnClickOutside={!form.isDirty()}>
      <form
        noValidate
        onSubmit={form.onSubmit(
          (values) => {
            setRefusal("");
            const body = editOf(values, seen);
            if (Object.keys(body).length) change.mutate(body);
            else onClose();
          },
          (errors) => {
            focusFirst(form, errors);
          },
        )}
      >
        <Stack>
          {refusal && (
            <Alert color="red" role="alert">
              {refusal}
            </Alert>
          )}
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput label="First name" autoComplete="off" data-autofocus {...form.getInputProps("first_name")} />
            <TextInput label="Last name" autoComplete="off" {...form.getInputProps("last_name")} />
          </SimpleGrid>
          <PhoneFields code={form.getInputProps("country_code")} number={form.getInputProps("number")} />
          <Text size="sm" c="dimmed">
            The invitation went to {user.email}. For another address, revoke it and invite that one.
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
