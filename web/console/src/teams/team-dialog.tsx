import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { type Team, useSaveTeam, useTeams } from "../api/teams.ts";
import { Dialog, DialogForm } from "../page/dialog.tsx";
import type { FieldOfPath } from "../page/form-errors.ts";
import { PeopleSelect } from "../page/people-select.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { useApiForm } from "../page/use-api-form.ts";
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
  const { refusal, problem, clear, showError, onSubmit } = useApiForm(form, { fieldOfPath: FIELD_OF_PATH });
  const [seen, setSeen] = useState(team);
  const current = useTeams(accountId).data?.data.find(({ team_id }) => team_id === team?.team_id);
  const isStale = problem?.code === "conflict" && current?.version !== seen?.version;
  const reload = () => {
    setSeen(current);
    form.setInitialValues(valuesOf(current));
    form.setValues(valuesOf(current));
    clear();
  };
  const saving = useSaveTeam(accountId, seen, {
    onSuccess: () => {
      const name = form.getValues().name.trim();
      notifications.show({ message: fill(team ? t.savedToast : t.createdToast, { name }) });
      onClose();
    },
    onError: showError,
  });
  return (
    <Dialog title={team?.name ?? t.new} size="lg" onClose={onClose} closeOnClickOutside={!form.isDirty()}>
      <DialogForm
        onSubmit={onSubmit(({ name, managers, users }) => {
          const body = { name: name.trim(), managers, users };
          saving.mutate({ body, key: keyOf(body) });
        })}
        buttons={
          <>
            <Button variant="default" onClick={onClose}>
              {texts.common.cancel}
            </Button>
            <Button type="submit" loading={saving.isPending}>
              {team ? t.save : texts.common.create}
            </Button>
          </>
        }
      >
        <RefusalAlert text={isStale ? texts.error.changedMeanwhile : refusal} scrollIntoView>
          {isStale && (
            <Button variant="default" size="compact-sm" mt="sm" display="block" onClick={reload}>
              {texts.error.loadCurrent}
            </Button>
          )}
        </RefusalAlert>
        <TextInput
          label={t.name}
          autoComplete="off"
          maxLength={NAME_LENGTH}
          data-autofocus
          {...form.getInputProps("name")}
        />
        <PeopleSelect accountId={accountId} label={t.managers} {...form.getInputProps("managers")} />
        <PeopleSelect accountId={accountId} label={t.users} {...form.getInputProps("users")} />
      </DialogForm>
    </Dialog>
  );
}
