import { Button, Switch, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { fill } from "#shared/texts.ts";
import type { ActionDialogProps } from "../actions/types.ts";
import { messageFor } from "../api/error-messages.ts";
import { type CloneResult, clonePermissions } from "../api/mutations.ts";
import { usePeople } from "../api/people.ts";
import { useRefreshAfterChange } from "../api/queries.ts";
import type { Status, User } from "../api/types.ts";
import { Dialog, DialogButtons, DialogForm } from "../page/dialog.tsx";
import { PeopleSelect } from "../page/people-select.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { type Result, Results } from "../page/results.tsx";
import { formatList, plural, texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { permissionLabel } from "../permissions/catalogue.ts";
import { changesNothing, cloneEffect } from "./effect.ts";

/** The API's limit. */
const MOST = 100;

/** Those whose rights can be edited. */
const STATUSES: Status[] = ["invited", "active", "blocked"];

/** How old the preview may be. */
const PREVIEW_STALE_MS = 15_000;

/** Replaces the individual permissions of others by those of one user, after a preview of who changes how. */
export default function CloneDialog({ user: source, onClose }: ActionDialogProps) {
  const t = texts.clone;
  const [keyOf] = useState(idempotencyKeys);
  const [to, setTo] = useState<string[]>([]);
  const [withGroups, setWithGroups] = useState(false);
  const { people } = usePeople(source.account_id, to, { staleTime: PREVIEW_STALE_MS });
  const refresh = useRefreshAfterChange(source.account_id);
  const cloning = useMutation({
    mutationFn: () => {
      const body = { to, groups: withGroups };
      return clonePermissions(source, body, keyOf(body));
    },
    onSettled: refresh,
  });
  const nameOf = (userId: string) => {
    const user = people.get(userId);
    return user ? fullName(user) : "…";
  };
  const title = fill(t.title, { name: fullName(source) });

  if (cloning.data) {
    const results = cloning.data.results.map((result) => toResult(result, nameOf(result.user_id)));
    const changed = cloning.data.results.filter(({ outcome }) => outcome === "changed").length;
    return (
      <Dialog title={title} size="lg" onClose={onClose}>
        <Text size="sm" role="status">
          {plural(t.done, changed)}
        </Text>
        <Results label={t.results} results={results} />
        <DialogButtons>
          <Button onClick={onClose} data-autofocus>
            {texts.common.done}
          </Button>
        </DialogButtons>
      </Dialog>
    );
  }
  const preview = to.map((userId): Result => {
    const user = people.get(userId);
    return { id: userId, name: nameOf(userId), ...(user ? effectOf(source, user, withGroups) : WAITING) };
  });
  return (
    <Dialog title={title} size="lg" onClose={onClose} isDirty={to.length > 0}>
      <DialogForm
        onSubmit={(event) => {
          event.preventDefault();
          if (to.length) cloning.mutate();
        }}
        verb={t.submit}
        isPending={cloning.isPending}
        disabled={!to.length}
      >
        <RefusalAlert text={cloning.isError ? messageFor(cloning.error) : ""} scrollIntoView />
        <Text size="sm">{fill(t.lead, { name: source.first_name })}</Text>
        <PeopleSelect
          accountId={source.account_id}
          label={t.to}
          description={plural(t.most, MOST)}
          status={STATUSES}
          canChoose={({ user_id }) => user_id !== source.user_id}
          maxValues={MOST}
          hidePickedOptions
          value={to}
          onChange={setTo}
          data-autofocus
        />
        <Switch
          label={t.groups}
          description={fill(t.groupsHint, { groups: formatList(source.groups.map(({ name }) => name)) })}
          checked={withGroups}
          disabled={!source.groups.length}
          onChange={({ currentTarget }) => {
            setWithGroups(currentTarget.checked);
          }}
        />
        {preview.length > 0 && <Results label={t.preview} results={preview} />}
      </DialogForm>
    </Dialog>
  );
}

const WAITING = { state: "waiting", text: "…" } as const;

/** Returns what would change for one user, in words. */
function effectOf(source: User, user: User, withGroups: boolean): Pick<Result, "state" | "text"> {
  const t = texts.clone;
  const effect = cloneEffect(source, user, withGroups);
  if (!effect) return { state: "same", text: t.admin };
  if (changesNothing(effect)) return { state: "same", text: t.nothing };
  const { gained, lost, denied, noLongerDenied, groups } = effect;
  const lists = [
    [t.gains, gained],
    [t.loses, lost],
    [t.denied, denied],
    [t.noLongerDenied, noLongerDenied],
  ] as const;
  const changes = lists.flatMap(([text, names]) =>
    names.length ? [fill(text, { permissions: formatList(names.map(permissionLabel)) })] : [],
  );
  const changedGroups = groups ? [fill(t.newGroups, { groups: formatList(groups) })] : [];
  return { state: "done", text: [...changes, ...changedGroups].join(" ") };
}

function toResult({ user_id, outcome, code }: CloneResult, name: string): Result {
  const t = texts.clone;
  if (outcome === "changed") return { id: user_id, name, state: "done", text: t.changed };
  if (outcome === "unchanged") return { id: user_id, name, state: "same", text: t.unchanged };
  if (code === "admin_has_all_permissions") return { id: user_id, name, state: "same", text: t.admin };
  const reason = texts.error[code ?? "not_allowed"];
  return { id: user_id, name, state: "failed", text: reason };
}
