import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { fill } from "#shared/texts.ts";
import { useRefreshAfterChange } from "../api/queries.ts";
import { type Job, useJob } from "../api/records.ts";
import type { User } from "../api/types.ts";
import { ActorLink } from "../journal/actor-link.tsx";
import { Section } from "../page/section.tsx";
import { formatNumber, plural, texts } from "../texts/index.ts";
import { Sentence } from "../texts/sentence.tsx";
import { MovedRecords } from "./moved-records.tsx";
import { HandOverDialog, MoveOnDialog } from "./reassign-dialog.tsx";

/** What becomes of the records of someone who leaves: those that wait, and the newest job, under way or done. */
export function RecordsSection({ user }: { user: User }) {
  const t = texts.records;
  const { account_id, user_id, last_job_id, records_waiting } = user;
  const job = useJob(account_id, last_job_id).data;
  const [isHandingOver, setHandingOver] = useState(false);
  useRefreshWhenDone(user, job);
  const isRunning = last_job_id !== null && job?.state !== "done";
  const waits = records_waiting > 0 && !isRunning;
  if (!waits && !isRunning && !job?.done) return null;
  return (
    <Section title={t.title}>
      <Stack>
        {waits && (
          <Alert color="orange">
            <Group justify="space-between" gap="sm">
              <span>{plural(t.waiting, records_waiting)}</span>
              <Button
                size="compact-md"
                fz="sm"
                onClick={() => {
                  setHandingOver(true);
                }}
              >
                {t.handOverNow}
              </Button>
            </Group>
          </Alert>
        )}
        {job && isRunning && <JobProgress job={job} />}
        {job && !isRunning && job.done > 0 && <Moved key={`${user_id} ${job.job_id}`} user={user} job={job} />}
      </Stack>
      {isHandingOver && (
        <HandOverDialog
          user={user}
          onClose={() => {
            setHandingOver(false);
          }}
        />
      )}
    </Section>
  );
}

/** Reads user, lists and journal again once a job that was seen under way is done. */
function useRefreshWhenDone(user: User, job: Job | undefined): void {
  const refresh = useRefreshAfterChange(user.account_id, user.user_id);
  const seen = useRef("");
  const running = job && job.state !== "done" ? job.job_id : "";
  const done = job?.state === "done" ? job.job_id : "";
  useEffect(() => {
    if (running) seen.current = running;
    if (done && done === seen.current) {
      seen.current = "";
      refresh();
    }
  });
}

function JobProgress({ job: { done, total } }: { job: Job }) {
  const label = fill(texts.records.progress, { done: formatNumber(done), total: formatNumber(total) });
  return (
    <div role="status">
      <Text fw={600}>{texts.records.underWay}</Text>
      <Text size="sm" mb="xs">
        {label}
      </Text>
      <Progress value={total ? (100 * done) / total : 100} size="lg" radius="xl" aria-label={label} />
    </div>
  );
}

function Moved({ user, job }: { user: User; job: Job }) {
  const t = texts.records;
  const [isListed, setListed] = useState(false);
  const [isMovingOn, setMovingOn] = useState(false);
  const listId = useId();
  const moved = job.done - job.removed;
  const owners = [...new Set(Object.values(job.targets))];
  return (
    <>
      <div>
        {moved > 0 && (
          <Text>
            <Sentence text={plural(t.moved, moved)} values={{ names: <Names user={user} ids={owners} /> }} />
          </Text>
        )}
        {job.removed > 0 && <Text>{plural(t.removed, job.removed)}</Text>}
      </div>
      <Group gap="sm">
        <Button
          variant="default"
          aria-expanded={isListed}
          aria-controls={listId}
          onClick={() => {
            setListed(!isListed);
          }}
        >
          {isListed ? t.hideList : t.showList}
        </Button>
        {moved > 0 && (
          <Button
            variant="default"
            onClick={() => {
              setMovingOn(true);
            }}
          >
            {t.moveOn}
          </Button>
        )}
      </Group>
      <div id={listId}>{isListed && <MovedRecords accountId={user.account_id} jobId={job.job_id} />}</div>
      {isMovingOn && (
        <MoveOnDialog
          user={user}
          jobId={job.job_id}
          owners={job.targets}
          onClose={() => {
            setMovingOn(false);
          }}
        />
      )}
    </>
  );
}

function Names({ user, ids }: { user: User; ids: string[] }) {
  return ids.map(
    (id, place): ReactNode => (
      <span key={id}>
        {place > 0 && ", "}
        <ActorLink accountId={user.account_id} actor={id} />
      </span>
    ),
  );
}
