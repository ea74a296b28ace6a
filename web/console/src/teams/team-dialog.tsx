import { TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { isRefusal } from "../api/error-messages.ts";
import { type Team, useSaveTeam, useTeams } from "../api/teams.ts";
import { Dialog, DialogForm } from "../page/dialog.tsx";
import type { FieldOfPath } from "../page/form-errors.ts";
import { PeopleSelect } from "../page/people-select.tsx";
import { useApiForm } from "../page/use-api-form.ts";
import { useSeen } from "../page/use-seen.tsx";
import { texts } from "../texts/index.ts";

interface TeamValues {
  name: string;
  managers: string[];
  users: string[];
}

const FIELD_OF_PATH: FieldOfPath<TeamValues> = { name: "name", managers: "managers", users: "users" };
const NAME_LENGTH = 80;

const valuesOf = (team: Team | undefined): TeamValues => ({
  name: team?.name ?? "",
  managers: team?.managers ?? [],
  users: team?.users ?? [],
});

/** Creates a team, or edits one. */
export function TeamDialog({ team, onClose }: { team: Team | undefined; onClose: () => void }) {
  const t = texts.teams;
  const { accountId } = useAccountContext();
  const [keyOf] = useState(idempotencyKeys);
  const form = useForm<TeamValues>({
    initialValues: valuesOf(team),
    validate: { name: (name) => (name.trim() ? null : texts.error.required) },
  });
  const apiForm = useApiForm(form, { fieldOfPath: FIELD_OF_PATH, textOf: { body: t.tooMany } });
  const current = useTeams(accountId).data?.data.find(({ team_id }) => team_id === team?.team_id);
  const { seen, alert } = useSeen({ opened: team, current, form, apiForm, valuesOf });
  const { managers, users } = form.getValues();
  const saving = useSaveTeam(accountId, seen, {
    onSuccess: () => {
      const name = form.getValues().name.trim();
      notifications.show({ message: fill(team ? t.savedToast : t.createdToast, { name }) });
      onClose();
    },
    onError: (error) => {
      apiForm.showError(error);
      if (isRefusal(error, "not_allowed")) apiForm.setRefusal(t.notAllowed);
    },
  });
  return (
    <Dialog title={team?.name ?? t.new} size="lg" onClose={onClose} isDirty={form.isDirty()}>
      <DialogForm
        onSubmit={apiForm.onSubmit((values) => {
          const body = { ...values, name: values.name.trim() };
          saving.mutate({ body, key: keyOf(body) });
        })}
        verb={team ? t.save : texts.common.create}
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
        <PeopleSelect
          accountId={accountId}
          label={t.managers}
          canChoose={({ user_id }) => !users.includes(user_id)}
          {...form.getInputProps("managers")}
        />
        <PeopleSelect
          accountId={accountId}
          label={t.users}
          canChoose={({ user_id }) => !managers.includes(user_id)}
          {...form.getInputProps("users")}
        />
      </DialogForm>
    </Dialog>
  );
}
