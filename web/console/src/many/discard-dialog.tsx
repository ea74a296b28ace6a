import { Text } from "@mantine/core";
import { ConfirmButtons } from "../page/confirm-buttons.tsx";
import { Dialog } from "../page/dialog.tsx";
import { plural, texts } from "../texts/index.ts";

interface DiscardDialogProps {
  /** How many rows the list has. */
  rows: number;
  onDiscard: () => void;
  onClose: () => void;
}

/** Discards the list once that is confirmed. */
export function DiscardDialog({ rows, onDiscard, onClose }: DiscardDialogProps) {
  const t = texts.many;
  return (
    <Dialog title={t.discardTitle} centered onClose={onClose}>
      <Text size="sm" pb="md">
        {plural(t.discardText, rows)}
      </Text>
      <ConfirmButtons verb={t.discard} isPending={false} onConfirm={onDiscard} onClose={onClose} />
    </Dialog>
  );
}
