import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { messageFor } from "../api/error-messages.ts";
import { download, writeTable } from "../page/csv.ts";
import { ButtonLink } from "../page/links.tsx";
import { lastParameters, usersList } from "../page/list-parameters.ts";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { type Result, Results } from "../page/results.tsx";
import { Section } from "../page/section.tsx";
import { SeatCures, noSeatText, useSeatCures } from "../seats/seat-cures.tsx";
import { formatNumber, plural, texts } from "../texts/index.ts";
import { unicodeEmail } from "../users/unicode-email.ts";
import { reasonOf } from "./answers.ts";
import { DiscardButton } from "./discard-button.tsx";
import type { Draft, Row } from "./draft.ts";
import type { useSending } from "./use-sending.ts";

interface ResultStepProps {
  draft: Draft;
  sending: ReturnType<typeof useSending>;
  onCorrect: () => void;
  onClear: () => void;
}

/** Shows how far the invitations are sent, then what became of each row. */
export function ResultStep({ draft, sending, onCorrect, onClear }: ResultStepProps) {
  const t = texts.many;
  const { accountId, may } = useAccountContext();
  const total = draft.chunks.reduce((sum, { rows }) => sum + rows.length, 0);
  const done = draft.chunks.reduce((sum, { rows, isDone }) => sum + (isDone ? rows.length : 0), 0);
  const invited = draft.rows.filter(({ id }) => draft.outcomes[id]?.isInvited).length;
  const isDone = done === total;
  const cures = useSeatCures();
  const lacksSeats = Object.values(draft.outcomes).some(({ code }) => code === "no_seat_available");
  const progress = fill(t.progress, { n: formatNumber(done), of: formatNumber(total) });
  return (
    <Stack>
      <Section title={isDone ? t.result : t.sending}>
        <Stack>
          <Text fw={600} role="status">
            {isDone
              ? `${plural(t.invited, invited)} ${invited < draft.rows.length ? plural(t.notInvited, draft.rows.length - invited) : ""}`
              : progress}
          </Text>
          <Progress
            value={total ? (100 * done) / total : 100}
            color="accent"
            size="lg"
            radius="xl"
            animated={sending.isRunning}
            aria-label={progress}
          />
          {!isDone && !sending.isRunning && (
            <RefusalAlert text={`${sending.error ? messageFor(sending.error, "mails") : ""} ${t.interrupted}`.trim()} />
          )}
          {!sending.isRunning && (
            <RefusalAlert text={lacksSeats ? noSeatText(cures) : ""}>
              <SeatCures {...cures} />
            </RefusalAlert>
          )}
          <Group gap="sm">
            {sending.isRunning && (
              <Button variant="default" loading={sending.isStopping} onClick={sending.stop}>
                {texts.bulk.stop}
              </Button>
            )}
            {!isDone && !sending.isRunning && (
              <Button
                onClick={() => {
                  sending.start(draft);
                }}
              >
                {t.continue}
              </Button>
            )}
            {!sending.isRunning && (
              <Button
                variant="default"
                onClick={() => {
                  download(t.resultName, resultFile(draft));
                }}
              >
                {t.download}
              </Button>
            )}
            {!sending.isRunning && invited < draft.rows.length && (
              <Button variant="default" onClick={onCorrect}>
                {t.correct}
              </Button>
            )}
            {!isDone && !sending.isRunning && (
              <DiscardButton text={plural(t.discardRest, draft.rows.length - invited)} onDiscard={onClear} />
            )}
            {isDone && (
              <>
                <Button variant="default" onClick={onClear}>
                  {t.again}
                </Button>
                {may("users.view") && (
                  <ButtonLink
                    to="/$accountId/users"
                    params={{ accountId }}
                    search={lastParameters(usersList(accountId)) as never}
                    onClick={onClear}
                  >
                    {t.toUsers}
                  </ButtonLink>
                )}
              </>
            )}
          </Group>
          <Results label={texts.bulk.results} results={draft.rows.map((row) => resultOf(row, draft))} />
        </Stack>
      </Section>
    </Stack>
  );
}

function resultOf(row: Row, draft: Draft): Result {
  const outcome = draft.outcomes[row.id];
  const name = `${row.first_name} ${row.last_name}`.trim();
  const address = unicodeEmail(row.email);
  return {
    id: String(row.id),
    name: [name, address].filter(Boolean).join(" · "),
    state: outcome?.isInvited ? "done" : outcome ? "failed" : "waiting",
    text: outcome ? reasonOf(row, outcome, draft.choice.groups) || texts.many.outcome.invited : texts.many.outcome.open,
  };
}

function resultFile(draft: Draft): string {
  const { outcome, column } = texts.many;
  const { firstName, lastName, email } = texts.field;
  const lines = draft.rows.map((row) => {
    const known = draft.outcomes[row.id];
    const word = known?.isInvited ? outcome.invited : known ? outcome.refused : outcome.open;
    return [
      row.first_name,
      row.last_name,
      unicodeEmail(row.email),
      word,
      known ? reasonOf(row, known, draft.choice.groups) : "",
    ];
  });
  return writeTable([firstName, lastName, email, column.result, column.reason], lines);
}
