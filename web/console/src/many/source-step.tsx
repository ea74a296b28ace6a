import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useRef, useState } from "react";
import { fill } from "#shared/texts.ts";
import { download, writeTable } from "../page/csv.ts";
import { Icon } from "../page/icons.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { Section } from "../page/section.tsx";
import { UnsavedChanges } from "../page/unsaved-changes.tsx";
import { formatList, formatNumber, texts } from "../texts/index.ts";
import { ROW_LIMIT } from "./draft.ts";
import { UnreadableFile, readFile } from "./file-text.ts";
import type { Person } from "./people.ts";
import { type People, readTable, readText } from "./table-text.ts";

interface SourceStepProps {
  /** Rows that the list has already. */
  taken: number;
  onRead: (people: Person[], unused: string) => void;
  onCancel?: (() => void) | undefined;
}

/** Takes a list of people: pasted, or as a file. */
export function SourceStep({ taken, onRead, onCancel }: SourceStepProps) {
  const t = texts.many;
  const [text, setText] = useState("");
  const [refusal, setRefusal] = useState("");
  const input = useRef<HTMLInputElement>(null);

  const take = ({ people, unused }: People) => {
    if (!people.length) setRefusal(t.fault.empty);
    else if (taken + people.length > ROW_LIMIT) {
      setRefusal(fill(t.fault.tooMany, { n: formatNumber(taken + people.length), most: formatNumber(ROW_LIMIT) }));
    } else onRead(people, unused.length ? fill(t.unused, { columns: formatList(unused) }) : "");
  };
  const takeFile = async (file: File) => {
    setRefusal("");
    try {
      take(readTable(await readFile(file)));
    } catch (error) {
      setRefusal(t.fault[error instanceof UnreadableFile ? error.fault : "notText"]);
    }
  };

  return (
    <Section title={t.source}>
      <UnsavedChanges isDirty={text.trim() !== ""} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setRefusal("");
          take(readText(text));
        }}
      >
        <Stack>
          <Textarea
            label={t.paste}
            description={t.pasteHint}
            value={text}
            autosize
            minRows={5}
            maxRows={14}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            onChange={(event) => {
              setText(event.currentTarget.value);
            }}
          />
          <RefusalAlert text={refusal} scrollIntoView />
          <Group gap="sm">
            <Button type="submit" disabled={!text.trim()}>
              {t.read}
            </Button>
            {onCancel && (
              <Button variant="default" onClick={onCancel}>
                {texts.common.cancel}
              </Button>
            )}
          </Group>
          <Group gap="sm">
            <Button
              variant="default"
              leftSection={<Icon name="layers" />}
              onClick={() => {
                input.current?.click();
              }}
            >
              {t.file}
            </Button>
            <input
              ref={input}
              type="file"
              hidden
              accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
              aria-label={t.file}
              onChange={(event) => {
                const [file] = event.currentTarget.files ?? [];
                // The same file can be chosen again after it has been corrected.
                if (file) void takeFile(file).finally(() => (input.current ? (input.current.value = "") : undefined));
              }}
            />
            <Button
              variant="subtle"
              leftSection={<Icon name="down" />}
              onClick={() => {
                download(t.templateName, template());
              }}
            >
              {t.template}
            </Button>
          </Group>
          <Text size="sm" c="dimmed">
            {t.fileHint}
          </Text>
        </Stack>
      </form>
    </Section>
  );
}

function template(): string {
  const { firstName, lastName, email } = texts.field;
  return writeTable([firstName, lastName, email], [["Lee", "Sherron", "lee@example.org"]]);
}
