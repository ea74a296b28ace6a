import { Button, List, Text } from "@mantine/core";
import { useState } from "react";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { BlockReasonField } from "../actions/block-reason.tsx";
import { useRefreshAfterChange } from "../api/queries.ts";
import type { User } from "../api/types.ts";
import { Checkbox } from "../page/checkbox.tsx";
import { Dialog, DialogButtons, focus } from "../page/dialog.tsx";
import { messageFor } from "../api/error-messages.ts";
import { GroupsSelect } from "../page/groups-select.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { type Result, Results } from "../page/results.tsx";
import { SeatCures, noSeatText, useSeatCures } from "../seats/seat-cures.tsx";
import { formatList, formatNumber, plural, texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import type { BulkAction, BulkChoice } from "./actions.ts";
import classes from "./bulk-dialog.module.css";
import { type Outcome, useBulkRun } from "./use-bulk-run.ts";

interface BulkDialogProps {
  action: BulkAction;
  selected: User[];
  /** `hasRun`: something was sent. */
  onClose: (hasRun: boolean) => void;
}

/** Names that are shown of those who are left out; the others are counted. */
const SHOWN_NAMES = 5;

/** Says what will happen to whom, then shows the result of each. */
export function BulkDialog({ action, selected, onClose }: BulkDialogProps) {
  const t = texts.bulk;
  const own = t[action.name];
  const { accountId } = useAccountContext();
  const [choice, setChoice] = useState<BulkChoice>({ reason: "security", groups: [], isLater: false });
  const refresh = useRefreshAfterChange(accountId);
  const cures = useSeatCures();
  const run = useBulkRun({
    send: (user, key) => action.send(user, choice, key),
    explain: (error) => messageFor(error, action.name === "resend" ? "mails" : undefined),
    onSettled: refresh,
  });
  const users = selected.filter(action.isAllowed);
  const leftOut = selected.filter((user) => !action.isAllowed(user));
  const hasRun = run.outcomes.length > 0;
  const needsGroups = action.name === "add_to_group" && !choice.groups.length;
  const close = () => {
    run.stop();
    onClose(hasRun);
  };

  return (
    <Dialog title={plural(own.title, users.length)} size="lg" onClose={close} closeOnClickOutside={!hasRun}>
      <div className={classes.content}>
        {hasRun ? (
          <>
            <Progress outcomes={run.outcomes} isRunning={run.isRunning} />
            <RefusalAlert text={run.outcomes.some(({ lacksSeat }) => lacksSeat) ? noSeatText(cures) : ""}>
              <SeatCures {...cures} onLeave={close} />
            </RefusalAlert>
          </>
        ) : (
          <>
            <List size="sm" spacing="xs">
              {[...consequencesOf(action, users), ...seatConsequences(action, users)].map((text) => (
                <List.Item key={text}>{text}</List.Item>
              ))}
            </List>
            {action.name === "block" && (
              <BlockReasonField
                value={choice.reason}
                onChange={(reason) => {
                  setChoice({ ...choice, reason });
                }}
              />
            )}
            {action.name === "add_to_group" && (
              <GroupsSelect
                accountId={accountId}
                value={choice.groups}
                onChange={(groups) => {
                  setChoice({ ...choice, groups });
                }}
              />
            )}
            {action.name === "deactivate" && (
              <Checkbox
                label={t.later}
                checked={choice.isLater}
                onChange={(event) => {
                  setChoice({ ...choice, isLater: event.currentTarget.checked });
                }}
              />
            )}
            {leftOut.length > 0 && (
              <Text size="sm" c="dimmed">
                {plural(t.leftOut, leftOut.length, { names: namesOf(leftOut) })}
              </Text>
            )}
          </>
        )}
      </div>
      <DialogButtons isBusy={run.isRunning && !run.isStopping}>
        {hasRun ? (
          <AfterStart run={run} onClose={close} />
        ) : (
          <>
            <Button variant="default" onClick={close} data-autofocus>
              {texts.common.cancel}
            </Button>
            <Button
              {...(action.danger && { color: "red.8" })}
              disabled={needsGroups}
              onClick={() => {
                run.start(users);
              }}
            >
              {own.verb}
            </Button>
          </>
        )}
      </DialogButtons>
    </Dialog>
  );
}

/** What happens to them; blocked users have lost access already, and get no email. */
function consequencesOf({ name }: BulkAction, users: User[]): string[] {
  const { consequences } = texts.bulk[name];
  const blocked = users.filter(({ status }) => status === "blocked").length;
  if (name !== "deactivate" || !blocked) return consequences;
  const { all, some } = texts.bulk.blocked;
  return [blocked === users.length ? all : some, ...consequences.slice(1)];
}

/** What becomes of the seats; partners take none. */
function seatConsequences({ name }: BulkAction, users: User[]): string[] {
  const text = texts.bulk.seats[name as keyof typeof texts.bulk.seats] as string | undefined;
  return text && users.some(({ kind }) => kind !== "partner") ? [text] : [];
}

function namesOf(users: User[]): string {
  const names = users.slice(0, SHOWN_NAMES).map(fullName);
  const hidden = users.length - names.length;
  return formatList(hidden ? [...names, `+${formatNumber(hidden)}`] : names);
}

/** How many are done, and the result of each. */
function Progress({ outcomes, isRunning }: { outcomes: Outcome[]; isRunning: boolean }) {
  const t = texts.bulk;
  const countOf = (state: Outcome["state"]) => outcomes.filter((outcome) => outcome.state === state).length;
  const failed = countOf("failed");
  const done = fill(t.done, { n: formatNumber(countOf("done")), of: formatNumber(outcomes.length) });
  return (
    <>
      <Text size="sm" fw={600} role="status">
        {isRunning ? t.running : failed ? `${done} ${plural(t.failed, failed)}` : done}
      </Text>
      <Results label={t.results} results={outcomes.map((outcome) => toResult(outcome, isRunning))} />
    </>
  );
}

/** The name leads to the user's page, once nothing is under way that this would hide. */
const toResult = ({ user, state, error }: Outcome, isRunning: boolean): Result => ({
  id: user.user_id,
  name: fullName(user),
  ...(!isRunning && { userId: user.user_id }),
  state,
  text: error || texts.bulk.state[state],
});

function AfterStart({ run, onClose }: { run: ReturnType<typeof useBulkRun>; onClose: () => void }) {
  const unfinished = run.outcomes.filter(({ state }) => state !== "done").length;
  if (run.isRunning) {
    return (
      <Button variant="default" loading={run.isStopping} onClick={run.stop} data-autofocus>
        {texts.bulk.stop}
      </Button>
    );
  }
  return (
    <>
      {unfinished > 0 && (
        <Button variant="default" onClick={run.retry}>
          {texts.common.tryAgain}
        </Button>
      )}
      <Button onClick={onClose} ref={focus}>
        {texts.common.done}
      </Button>
    </>
  );
}
