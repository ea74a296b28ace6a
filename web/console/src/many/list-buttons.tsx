import { Button, Group } from "@mantine/core";
import pageClasses from "../page/page.module.css";
import { plural, texts } from "../texts/index.ts";
import { DiscardButton } from "./discard-button.tsx";

interface ListButtonsProps {
  /** How many rows the list has. */
  rows: number;
  /** How many of them can be invited. */
  ready: number;
  /** Nothing is left to be checked or corrected first. */
  canSend: boolean;
  canAdd: boolean;
  onDiscard: () => void;
  onAdd: () => void;
  onSend: () => void;
}

/** What can be done with a list: it is discarded once that is confirmed, added to, or sent. */
export function ListButtons({ rows, ready, canSend, canAdd, onDiscard, onAdd, onSend }: ListButtonsProps) {
  const t = texts.many;
  return (
    <Group justify="flex-end" gap="sm" className={pageClasses.buttons}>
      <DiscardButton text={plural(t.discardText, rows)} onDiscard={onDiscard} />
      <Button variant="default" disabled={!canAdd} onClick={onAdd}>
        {t.add}
      </Button>
      <Button disabled={!canSend} onClick={onSend}>
        {plural(t.send, ready)}
      </Button>
    </Group>
  );
}
