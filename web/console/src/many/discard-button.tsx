import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { ConfirmButtons } from "../page/confirm-buttons.tsx";
import { Dialog } from "../page/dialog.tsx";
import { texts } from "../texts/index.ts";

interface DiscardButtonProps {
  /** What is lost. */
  text: string;
  onDiscard: () => void;
}

/** Discards the list once that is confirmed. */
export function DiscardButton({ text, onDiscard }: DiscardButtonProps) {
  const t = texts.many;
  const [isAsking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
  };
  return (
    <>
      <Button
        variant="subtle"
        onClick={() => {
          setAsking(true);
        }}
      >
        {t.discard}
      </Button>
      {isAsking && (
        <Dialog title={t.discardTitle} centered onClose={close}>
          <Text size="sm" pb="md">
            {text}
          </Text>
          <ConfirmButtons verb={t.discard} isPending={false} onConfirm={onDiscard} onClose={close} />
        </Dialog>
      )}
    </>
  );
}
