import { Button } from "@mantine/core";
import { texts } from "../texts/index.ts";
import { DialogButtons } from "./dialog.tsx";

interface ConfirmButtonsProps {
  verb: string;
  danger?: boolean;
  isPending: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** The buttons of a dialog that asks before something is done; the focus is on the one that changes nothing. */
export function ConfirmButtons({ verb, danger = true, isPending, onConfirm, onClose }: ConfirmButtonsProps) {
  return (
    <DialogButtons isBusy={isPending}>
      <Button variant="default" disabled={isPending} onClick={onClose} data-autofocus>
        {texts.common.cancel}
      </Button>
      <Button {...(danger && { color: "red.8" })} loading={isPending} onClick={onConfirm}>
        {verb}
      </Button>
    </DialogButtons>
  );
}
