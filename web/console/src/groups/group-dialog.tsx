import { Text, TextInput, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { type GroupChanges, type NewGroup, createGroup, editGroup, useGroupMutation } from "../api/groups.ts";
import { useGroups } from "../api/queries.ts";
import type { Group } from "../api/types.ts";
import { Dialog, DialogForm } from "../page/dialog.tsx";
import type { FieldOfPath } from "../page/form-errors.ts";
import { useApiForm } from "../page/use-api-form.ts";
import { useSeen } from "../page/use-seen.tsx";
import { PermissionsField } from "../permissions/permissions-field.tsx";
import { texts } from "../texts/index.ts";

const FIELD_OF_PATH: FieldOfPath<Required<NewGroup>> = {
  name: "name",
  description: "description",
  permissions: "permissions",
};
const NAME_LENGTH = 80;
const DESCRIPTION_LENGTH = 300;

/** Returns what differs from the group as it was read. */
function toPatch(seen: Group, body: Required<NewGroup>): GroupChanges {
  const hasSamePermissions = [...seen.permissions].sort().join() === [...body.permissions].sort().join();
  return {
    ...(body.name !== seen.name && { name: body.name }),
    ...(body.description !== seen.description && { description: body.description }),
    ...(!hasSamePermissions && { permissions: body.permissions }),
  };
}

const valuesOf = (group: Group | undefined): Required<NewGroup> => ({
  name: group?.name ?? "",
  description: group?.description ?? "",
  permissions: group?.permissions ?? [],
});

/** Creates a group, or edits one. */
export function GroupDialog({ group, onClose }: { group: Group | undefined; onClose: () => void }) {
  const t = texts.groups;
  const { accountId, may } = useAccountContext();
  const [keyOf] = useState(idempotencyKeys);
  const form = useForm<Required<NewGroup>>({
    initialValues: valuesOf(group),
    validate: { name: (name) => (name.trim() ? null : texts.error.required) },
  });
  const apiForm = useApiForm(form, { fieldOfPath: FIELD_OF_PATH, textOf: { body: t.tooMany } });
  const current = useGroups(accountId).data?.data.find(({ group_id }) => group_id === group?.group_id);
  const { seen, alert } = useSeen({ opened: group, current, form, apiForm, valuesOf });
  const saving = useGroupMutation(
    accountId,
    (body: Required<NewGroup>) =>
      seen ? editGroup(accountId, seen, toPatch(seen, body)) : createGroup(accountId, body, keyOf(body)),
    {
      onSuccess: () => {
        const name = form.getValues().name.trim();
        notifications.show({ message: fill(group ? t.savedToast : t.createdToast, { name }) });
        onClose();
      },
      onError: apiForm.showError,
    },
  );
  return (
    <Dialog title={group?.name ?? t.new} size="xl" onClose={onClose} isDirty={form.isDirty()}>
      <DialogForm
        onSubmit={apiForm.onSubmit(({ name, description, permissions }) => {
          const body = { name: name.trim(), description: description.trim(), permissions };
          if (seen && !Object.keys(toPatch(seen, body)).length) onClose();
          else saving.mutate(body);
        })}
        verb={group ? t.save : texts.common.create}
        isPending={saving.isPending}
      >
        {alert}
        <TextInput
          label={t.name}
          autoComplete="off"
          maxLength={NAME_LENGTH}
          data-autofocus
          {...form.getInputProps("name")}
        />
        <Textarea
          label={t.description}
          autosize
          minRows={2}
          maxRows={5}
          maxLength={DESCRIPTION_LENGTH}
          {...form.getInputProps("description")}
        />
        {group?.default ? (
          <Text size="sm" c="dimmed">
            {t.defaultHint}
          </Text>
        ) : (
          <PermissionsField
            label={texts.permissions.title}
            {...(group && { description: t.editHint })}
            canChange={may}
            {...form.getInputProps("permissions")}
          />
        )}
      </DialogForm>
    </Dialog>
  );
}
