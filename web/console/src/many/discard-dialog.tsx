import { Text } from "@mantine/core";
import { ConfirmButtons } from "../page/confirm-buttons.tsx";
import { Dialog } from "../page/dialog.tsx";
import { texts } from "../texts/index.ts";

interface DiscardDialogProps {
  /** What is lost. */
  text: string;
  onDiscard: () => void;
  onClose: () => void;
}

/** Discards the list once that is confirmed. */
export function DiscardDialog({ text, onDiscard, onClose }: DiscardDialogProps) {
  const t = texts.many;
  return (
    <Dialog title={t.discardTitle} centered onClose={onClose}>
      <Text size="sm" pb="md">
        {text}
      </Text>
      <ConfirmButtons verb={t.discard} isPending={false} onConfirm={onDiscard} onClose={onClose} />
    </Dialog>
  );
}
