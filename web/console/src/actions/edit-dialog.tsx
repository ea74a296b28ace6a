import { Button, Center, Loader, SimpleGrid, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useId, useState } from "react";
import { type Forms, fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { edit, useUserMutation } from "../api/mutations.ts";
import { useAccount, useGroups, useUser } from "../api/queries.ts";
import type { User, UserChanges } from "../api/types.ts";
import { AccessEndInput } from "../page/access-end-input.tsx";
import { AdminSwitch } from "../page/admin-switch.tsx";
import { Dialog, DialogForm } from "../page/dialog.tsx";
import { GroupsSelect } from "../page/groups-select.tsx";
import { LanguageSelect } from "../page/language-select.tsx";
import { LoadFailure } from "../page/load-failure.tsx";
import { NameInputs } from "../page/name-inputs.tsx";
import { PhoneFields } from "../page/phone-fields.tsx";
import { useApiForm } from "../page/use-api-form.ts";
import { useSeen } from "../page/use-seen.tsx";
import { PermissionsField, type PermissionsFieldProps } from "../permissions/permissions-field.tsx";
import { plural, texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { unicodeEmail } from "../users/unicode-email.ts";
import { type EditForm, FIELD_OF_PATH, isPending, toPatch, toValues, useEditForm } from "./edit-form.ts";
import type { ActionDialogProps } from "./types.ts";

/** Edits names, phone and language of someone who is invited; rights of everybody. */
export default function EditDialog(props: ActionDialogProps) {
  const { user, onClose } = props;
  const [opener] = useState(() => document.activeElement);
  const groups = useGroups(user.account_id);
  const adminGroup = groups.data?.data.find((group) => group.default)?.group_id;
  const title = fill(texts.edit.title, { name: fullName(user) });
  if (adminGroup === undefined) {
    return (
      <Dialog onClose={onClose} title={title} size="lg" opener={opener}>
        {groups.isError ? (
          <Stack pb="md">
            <LoadFailure of={groups} />
          </Stack>
        ) : (
          <Center p="lg">
            <Loader aria-label={texts.common.loading} role="status" />
          </Center>
        )}
      </Dialog>
    );
  }
  return <LoadedEditDialog {...props} title={title} opener={opener} adminGroup={adminGroup} />;
}

interface LoadedEditDialogProps extends ActionDialogProps {
  title: string;
  opener: Element | null;
  /** Id of the administrators' group. */
  adminGroup: string;
}

function LoadedEditDialog({ user, onClose, title, opener, adminGroup }: LoadedEditDialogProps) {
  const { isAdmin } = useAccountContext();
  const form = useEditForm(user, adminGroup, useAccount(user.account_id).data?.settings.invite_profile);
  const apiForm = useApiForm(form, { fieldOfPath: FIELD_OF_PATH });
  const hasConflict = apiForm.problem?.code === "conflict";
  const current = useUser(user.account_id, user.user_id, { enabled: hasConflict }).data ?? user;
  const valuesOf = (read: User) => toValues(read, adminGroup);
  const { seen, alert } = useSeen({ opened: user, current, form, apiForm, valuesOf });
  const { admin, groups } = form.getValues();

  const change = useUserMutation<UserChanges>(user, {
    send: (body) => edit(seen, body),
    onSuccess: (after) => {
      notifications.show({ message: fill(texts.edit.done, { name: fullName(after) }) });
      onClose();
    },
    onError: apiForm.showError,
  });

  return (
    <Dialog onClose={onClose} title={title} size="lg" opener={opener} isDirty={form.isDirty()}>
      <DialogForm
        onSubmit={apiForm.onSubmit((values) => {
          const body = toPatch(values, seen, adminGroup);
          if (Object.keys(body).length) change.mutate(body);
          else onClose();
        })}
        verb={texts.common.save}
        isPending={change.isPending}
      >
        {alert}
        {isPending(seen) && <PersonFields form={form} />}
        <GroupsSelect
          accountId={user.account_id}
          description={admin ? texts.field.groupsOfAdmin : undefined}
          {...form.getInputProps("groups")}
          value={admin ? [] : groups}
          disabled={admin}
        />
        {!admin && <PermissionFields form={form} name="allow" texts={texts.edit.individual} />}
        {!admin && isAdmin && <PermissionFields form={form} name="deny" texts={texts.edit.denied} />}
        <AdminSwitch of={user.kind} {...form.getInputProps("admin")} checked={admin} />
        <AccessEndInput {...form.getInputProps("access_until")} />
        <Text size="sm" c="dimmed">
          {isPending(seen) ? fill(texts.edit.address, { email: unicodeEmail(user.email) }) : texts.edit.person}
        </Text>
      </DialogForm>
    </Dialog>
  );
}

interface PermissionFieldsProps {
  form: EditForm;
  name: "allow" | "deny";
  texts: { count: Forms; label: string; hint: string };
}

/** Individual or denied permissions, which most users have none of: shown on demand. */
function PermissionFields({ form, name, texts: t }: PermissionFieldsProps) {
  const { may } = useAccountContext();
  const [isShown, setIsShown] = useState(false);
  const id = useId();
  const field = form.getInputProps(name) as Pick<PermissionsFieldProps, "value" | "onChange" | "error">;
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-expanded={isShown}
        aria-controls={id}
        onClick={() => {
          setIsShown(!isShown);
        }}
      >
        {plural(t.count, form.getValues()[name].length)}
      </Button>
      <div id={id} hidden={!isShown && !field.error}>
        <PermissionsField label={t.label} description={t.hint} canChange={may} {...field} />
      </div>
    </div>
  );
}

function PersonFields({ form }: { form: EditForm }) {
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NameInputs firstName={form.getInputProps("first_name")} lastName={form.getInputProps("last_name")} />
      </SimpleGrid>
      <PhoneFields region={form.getInputProps("region")} number={form.getInputProps("number")} />
      <LanguageSelect
        label={texts.invite.language}
        unchanged={texts.edit.unchanged}
        {...form.getInputProps("locale")}
      />
    </>
  );
}
