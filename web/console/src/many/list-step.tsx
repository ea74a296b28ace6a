import { Alert, Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Problem, matchField } from "#shared/problem.ts";
import { useAccountContext } from "../account/account-context.ts";
import { messageFor } from "../api/error-messages.ts";
import type { SeatRequest } from "../api/seats.ts";
import { NoSeat } from "../invite/no-seat.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { Section } from "../page/section.tsx";
import { useOpened } from "../page/use-opened.ts";
import { RequestDialog } from "../seats/request-dialog.tsx";
import { plural, texts } from "../texts/index.ts";
import { ChoiceFields, notifyFault } from "./choice-fields.tsx";
import { type Draft, type Row, type Verdict, withPeople } from "./draft.ts";
import { ListButtons } from "./list-buttons.tsx";
import { RowsList } from "./rows-list.tsx";
import { SourceStep } from "./source-step.tsx";
import { useVerdicts } from "./use-verdicts.ts";
import type { JudgedRow } from "./verdicts.ts";

interface ListStepProps {
  draft: Draft;
  change: (next: (draft: Draft) => Draft) => Draft;
  /** What was left out of the file. */
  note: string;
  onNote: (note: string) => void;
  onClear: () => void;
  /** `kept`: why the others are left out, by row. */
  onSend: (ready: Row[], kept: Record<number, Verdict>) => void;
}

/** Shows a list with a verdict for each row, which can be corrected in place, and what is chosen for all. */
export function ListStep({ draft, change, note, onNote, onClear, onSend }: ListStepProps) {
  const t = texts.many;
  const { account, accountId } = useAccountContext();
  const { list, waiting, isJudged, error, retry } = useVerdicts(accountId, draft, account.seats.available);
  const fields = refusedFields(error);
  const [isAdding, setAdding] = useState(false);
  const { opened: askingFor, open: ask, close } = useOpened<SeatRequest["kind"]>();
  const ready = list.filter(({ verdict }) => verdict?.code === null).map(({ row }) => row);
  const refused = list.length - ready.length - waiting;
  const lacksSeats = list.some(({ verdict }) => verdict?.code === "no_seat_available");

  return (
    <Stack>
      <Section title={t.forAll}>
        <ChoiceFields
          choice={draft.choice}
          refused={fields}
          onChange={(choice) => {
            change((current) => ({ ...current, choice: { ...current.choice, ...choice } }));
          }}
        />
      </Section>
      {lacksSeats && <NoSeat isRefused={false} onAsk={ask} />}
      <Section title={t.people}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t.namesHint}
          </Text>
          {note && <Alert color="orange">{note}</Alert>}
          <Text fw={600} role="status">
            {waiting
              ? !error && plural(t.checking, waiting)
              : `${plural(t.ready, ready.length)} ${refused ? plural(t.refused, refused) : ""}`}
          </Text>
          <RefusalAlert text={fields.size ? texts.error.fields : error ? messageFor(error) : ""}>
            {!fields.size && (
              <Button mt="sm" variant="default" size="compact-sm" onClick={retry}>
                {texts.common.tryAgain}
              </Button>
            )}
          </RefusalAlert>
          <RowsList
            list={list}
            groups={draft.choice.groups}
            isChecking={!error}
            onChange={(row) => {
              change((current) => ({
                ...current,
                rows: current.rows.map((each) => (each.id === row.id ? row : each)),
              }));
            }}
            onRemove={(id) => {
              change((current) => ({ ...current, rows: current.rows.filter((row) => row.id !== id) }));
            }}
          />
        </Stack>
      </Section>
      {isAdding && (
        <SourceStep
          taken={draft.rows.length}
          onCancel={() => {
            setAdding(false);
          }}
          onRead={(people, unused) => {
            change((current) => withPeople(current, people));
            onNote(unused);
            setAdding(false);
          }}
        />
      )}
      <ListButtons
        rows={list.length}
        ready={ready.length}
        canSend={ready.length > 0 && !waiting && isJudged && !fields.size && !notifyFault(draft.choice.notify)}
        canAdd={!isAdding}
        onDiscard={onClear}
        onAdd={() => {
          setAdding(true);
        }}
        onSend={() => {
          onSend(ready, refusals(list));
        }}
      />
      {askingFor && <RequestDialog kind={askingFor} onClose={close} />}
    </Stack>
  );
}

/** Returns the fields for everyone that the API does not take. */
function refusedFields(error: unknown): Set<string> {
  const errors = error instanceof Problem ? error.errors : [];
  return new Set(errors.flatMap(({ field }) => matchField(["message", "notify"], field) ?? []));
}

/** Why the others are left out, by row. */
function refusals(list: JudgedRow[]): Record<number, Verdict> {
  const refused: Record<number, Verdict> = {};
  for (const { row, verdict } of list) if (verdict && verdict.code !== null) refused[row.id] = verdict;
  return refused;
}
