import { ActionIcon, Button, Text, TextInput } from "@mantine/core";
import { memo, useState } from "react";
import { fill } from "#shared/texts.ts";
import { Checkbox } from "../page/checkbox.tsx";
import { EMAIL_LENGTH, readAddress } from "../page/email-address.ts";
import { EmailInput } from "../page/email-input.tsx";
import { Icon } from "../page/icons.tsx";
import { NAME_LENGTH } from "../page/person-errors.ts";
import { formatNumber, plural, texts } from "../texts/index.ts";
import { unicodeEmail } from "../users/unicode-email.ts";
import { badFields, reasonOf } from "./answers.ts";
import type { Row, Verdict } from "./draft.ts";
import classes from "./many.module.css";
import type { JudgedRow } from "./verdicts.ts";

/** Rows that are shown at first, and with each *Show more*. */
const PAGE = 100;

interface RowsListProps {
  list: JudgedRow[];
  /** Chosen for everyone. */
  groups: string[];
  /** Rows without a verdict are about to get one. */
  isChecking: boolean;
  onChange: (row: Row) => void;
  onRemove: (id: number) => void;
}

const isRefused = ({ verdict }: JudgedRow) => verdict !== undefined && verdict.code !== null;

/** The rows of a list with their verdicts. */
export function RowsList({ list, groups, isChecking, onChange, onRemove }: RowsListProps) {
  const t = texts.many;
  const [shown, setShown] = useState(PAGE);
  // Those who had a problem when only these were asked for: a row stays in the list while it is edited.
  const [only, setOnly] = useState<Set<number>>();
  const numbered = list.map((judged, index) => ({ ...judged, number: index + 1 }));
  const chosen = only ? numbered.filter((judged) => only.has(judged.row.id) || isRefused(judged)) : numbered;
  const refused = list.filter(isRefused);
  return (
    <>
      {(refused.length > 0 || only) && (
        <Checkbox
          label={t.onlyProblems}
          checked={only !== undefined}
          onChange={(event) => {
            setOnly(event.currentTarget.checked ? new Set(refused.map(({ row }) => row.id)) : undefined);
          }}
        />
      )}
      <ul className={classes.rows} aria-label={t.people}>
        {chosen.slice(0, shown).map(({ row, verdict, number }) => (
          <RowLine
            key={row.id}
            row={row}
            number={number}
            verdict={verdict}
            groups={groups}
            isChecking={isChecking}
            onChange={onChange}
            onRemove={onRemove}
          />
        ))}
      </ul>
      {chosen.length > shown && (
        <Button
          variant="light"
          onClick={() => {
            setShown(shown + PAGE);
          }}
        >
          {plural(t.more, chosen.length - shown)}
        </Button>
      )}
    </>
  );
}

interface RowLineProps {
  row: Row;
  number: number;
  verdict: Verdict | undefined;
  groups: string[];
  isChecking: boolean;
  onChange: (row: Row) => void;
  onRemove: (id: number) => void;
}

const FIELDS = [
  { name: "first_name", label: "firstName" },
  { name: "last_name", label: "lastName" },
] as const;

const RowLine = memo(
  function RowLine({ row, number, verdict, groups, isChecking, onChange, onRemove }: RowLineProps) {
    const t = texts.many;
    const n = formatNumber(number);
    const reason = verdict ? reasonOf(row, verdict, groups) : "";
    const bad = badFields(verdict);
    const verdictId = `verdict-${String(row.id)}`;
    const isAboutAddress =
      reason !== "" && verdict?.code !== "invalid_request" && verdict?.code !== "no_seat_available";
    const commit = (changes: Partial<Row>) => {
      const next = { ...row, ...changes };
      if (JSON.stringify(next) !== JSON.stringify(row)) onChange(next);
    };
    const common = { size: "xs", autoComplete: "off", "aria-describedby": verdictId } as const;
    return (
      <li className={classes.row} data-refused={reason !== ""}>
        <Text size="sm" c="dimmed" className={classes.number}>
          {n}
        </Text>
        {FIELDS.map(({ name, label }) => (
          <TextInput
            key={name}
            {...common}
            className={classes[name]}
            aria-label={fill(t.cell, { field: texts.field[label], n })}
            placeholder={texts.field[label]}
            defaultValue={row[name]}
            maxLength={NAME_LENGTH}
            error={bad.has(name)}
            onBlur={(event) => {
              commit({ [name]: event.currentTarget.value.trim() });
            }}
            onKeyDown={commitOnEnter}
          />
        ))}
        <EmailInput
          {...common}
          className={classes.email}
          aria-label={fill(t.cell, { field: texts.field.email, n })}
          placeholder={texts.field.email}
          defaultValue={unicodeEmail(row.email)}
          maxLength={EMAIL_LENGTH}
          error={bad.has("email") || isAboutAddress}
          onBlur={(event) => {
            const typed = event.currentTarget.value;
            if (typed === unicodeEmail(row.email)) return;
            event.currentTarget.value = readAddress(typed);
            commit({ email: readAddress(typed) });
          }}
          onKeyDown={commitOnEnter}
        />
        <Text
          size="sm"
          id={verdictId}
          className={classes.verdict}
          data-state={verdict ? (reason ? "failed" : "done") : "waiting"}
        >
          {verdict ? reason || t.ok : isChecking && t.waiting}
        </Text>
        <ActionIcon
          variant="subtle"
          color="gray"
          className={classes.remove}
          aria-label={fill(t.remove, { n })}
          onClick={() => {
            onRemove(row.id);
          }}
        >
          <Icon name="cross" size={16} />
        </ActionIcon>
      </li>
    );
  },
  (before, after) =>
    before.row === after.row &&
    before.number === after.number &&
    before.groups === after.groups &&
    before.isChecking === after.isChecking &&
    before.verdict?.code === after.verdict?.code &&
    before.verdict?.errors === after.verdict?.errors,
);

/** Enter takes the value over, as leaving the field does. */
function commitOnEnter(event: React.KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== "Enter") return;
  event.currentTarget.blur();
  event.currentTarget.focus();
}
