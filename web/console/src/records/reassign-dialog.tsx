import { Loader, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { idempotencyKeys } from "#shared/http.ts";
import { fill } from "#shared/texts.ts";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { hasFailed } from "../api/error-messages.ts";
import { useRefreshAfterChange } from "../api/queries.ts";
import { type Source, reassign, useDeactivationPreview } from "../api/records.ts";
import type { User } from "../api/types.ts";
import { Checkbox } from "../page/checkbox.tsx";
import { formatNumber, texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { typeLabel } from "./labels.ts";
import classes from "./records.module.css";
import { refusalOfTarget } from "./refusals.ts";
import { Sure } from "./sure.tsx";
import { TargetSelect } from "./target-select.tsx";

interface HandOverDialogProps {
  user: User;
  onClose: () => void;
}

/** Hands over what waits of someone who has left: all of it, or some types. */
export function HandOverDialog({ user, onClose }: HandOverDialogProps) {
  const t = texts.handOver;
  const preview = useDeactivationPreview(user, "");
  const counts = preview.data?.counts ?? {};
  const [without, setWithout] = useState<string[]>([]);
  const types = Object.keys(counts).filter((type) => !without.includes(type));
  return (
    <ReassignDialog
      user={user}
      title={fill(texts.records.handOverTitle, { name: fullName(user) })}
      verb={texts.records.handOver}
      source={{ from: user.user_id, types }}
      owner={user}
      types={types}
      counts={counts}
      onClose={onClose}
    >
      {/* If the preview fails, the field of the new owner, which needs it too, shows the error. */}
      {!hasFailed(preview) && (
        <Stack component="fieldset" gap="xs" className={classes.types}>
          <legend>{t.whichTypes}</legend>
          {preview.isPending ? <Loader size="sm" role="status" aria-label={texts.common.loading} /> : null}
          {Object.entries(counts).map(([type, n]) => (
            <Checkbox
              key={type}
              label={fill(t.count, { type: typeLabel(type), n: formatNumber(n) })}
              checked={types.includes(type)}
              onChange={({ currentTarget: { checked } }) => {
                setWithout(checked ? without.filter((each) => each !== type) : [...without, type]);
              }}
            />
          ))}
        </Stack>
      )}
    </ReassignDialog>
  );
}

interface MoveOnDialogProps extends HandOverDialogProps {
  jobId: string;
  /** Ids of those who have the records now, by type. */
  owners: Record<string, string>;
}

/** Moves on to another person what a job has moved. */
export function MoveOnDialog({ user, jobId, owners, onClose }: MoveOnDialogProps) {
  const [owner = user.user_id, ...others] = new Set(Object.values(owners));
  return (
    <ReassignDialog
      user={user}
      title={texts.records.moveOnTitle}
      verb={texts.records.moveOnVerb}
      source={{ job_id: jobId }}
      owner={{ account_id: user.account_id, user_id: others.length ? user.user_id : owner }}
      types={Object.keys(owners)}
      counts={{}}
      onClose={onClose}
    >
      <Text size="sm">{texts.records.moveOnText}</Text>
    </ReassignDialog>
  );
}

interface ReassignDialogProps extends HandOverDialogProps {
  title: string;
  verb: string;
  source: Source;
  /** Who cannot be the new owner. */
  owner: Pick<User, "account_id" | "user_id">;
  types: string[];
  counts: Record<string, number>;
  children: ReactNode;
}

function ReassignDialog(props: ReassignDialogProps) {
  const { user, title, verb, source, owner, types, counts, onClose, children } = props;
  const [keyOf] = useState(idempotencyKeys);
  const [target, setTarget] = useState("");
  const [isMissing, setMissing] = useState(false);
  const refresh = useRefreshAfterChange(user.account_id, user.user_id);
  const order = useMutation({
    mutationFn: () => reassign(user.account_id, source, target, keyOf({ source, target })),
    onSuccess: () => {
      notifications.show({ message: texts.records.ordered });
      onClose();
    },
    onSettled: refresh,
  });
  const refusal = order.isError ? refusalOfTarget(order.error) : "";
  const targets = target ? Object.fromEntries(types.map((type) => [type, target])) : {};
  return (
    <ActionDialog
      title={title}
      user={user}
      verb={verb}
      refusal={isMissing && target && !types.length ? texts.handOver.noTypes : refusal}
      isPending={order.isPending}
      sure={target && types.length ? <Sure accountId={user.account_id} counts={counts} targets={targets} /> : null}
      onConfirm={() => {
        if (target && types.length) order.mutate();
        else setMissing(true);
      }}
      onClose={onClose}
    >
      {children}
      <TargetSelect
        user={owner}
        types={types}
        label={texts.handOver.target}
        error={isMissing && !target ? texts.handOver.missing : ""}
        value={target}
        onChange={setTarget}
      />
    </ActionDialog>
  );
}
