import { Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { fill } from "#shared/texts.ts";
import { type SeatLimits, setSeats, useOperatorMutation } from "../api/operator.ts";
import type { Account } from "../api/types.ts";
import { Dialog, DialogForm } from "../page/dialog.tsx";
import type { FieldOfPath } from "../page/form-errors.ts";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { useApiForm } from "../page/use-api-form.ts";
import { plural, texts } from "../texts/index.ts";
import { NARROW, NoLimitCheckbox, isSeatNumber } from "./seat-fields.tsx";

interface Values {
  purchased: string;
  granted: string;
  hasNoLimit: boolean;
}

const FIELD_OF_PATH: FieldOfPath<Values> = { purchased: "purchased", granted: "granted" };

const toBody = ({ purchased, granted, hasNoLimit }: Values): SeatLimits => ({
  purchased: hasNoLimit ? null : Number(purchased),
  ...(granted.trim() && { granted: Number(granted) }),
});

interface SetSeatsDialogProps {
  account: Account;
  onClose: () => void;
  /** Where the focus returns to, where this dialog replaces another. */
  opener?: Element | null;
}

/** Sets how many seats an account has: absolute numbers, which replace those before. */
export function SetSeatsDialog({ account, onClose, opener = null }: SetSeatsDialogProps) {
  const t = texts.operator;
  const { limit } = account.seats;
  const form = useForm<Values>({
    initialValues: { purchased: "", granted: "", hasNoLimit: limit === null },
    validate: {
      purchased: (text, { hasNoLimit }) => (hasNoLimit || isSeatNumber(text, 0) ? null : t.seatsInvalid),
      granted: (text) => (!text.trim() || isSeatNumber(text, 0) ? null : t.seatsInvalid),
    },
  });
  const { refusal, showError, onSubmit } = useApiForm(form, { fieldOfPath: FIELD_OF_PATH });
  const saving = useOperatorMutation((body: SeatLimits) => setSeats(account.account_id, body), {
    onSuccess: ({ name }) => {
      notifications.show({ message: fill(t.seatsToast, { account: name }) });
      onClose();
    },
    onError: showError,
  });
  return (
    <Dialog title={t.setSeats} onClose={onClose} opener={opener} isDirty={form.isDirty()}>
      <DialogForm
        onSubmit={onSubmit((values) => {
          saving.mutate(toBody(values));
        })}
        verb={texts.common.save}
        isPending={saving.isPending}
      >
        <RefusalAlert text={refusal} scrollIntoView />
        <Text size="sm">{limit === null ? texts.seats.noLimit : plural(t.seatsNow, limit)}</Text>
        <Text size="sm">{t.seatsText}</Text>
        <NoLimitCheckbox
          checked={form.values.hasNoLimit}
          onChange={(hasNoLimit) => {
            form.setFieldValue("hasNoLimit", hasNoLimit);
          }}
        />
        {!form.values.hasNoLimit && (
          <TextInput
            label={t.purchased}
            inputMode="numeric"
            autoComplete="off"
            styles={NARROW}
            data-autofocus
            {...form.getInputProps("purchased")}
          />
        )}
        <TextInput
          label={t.granted}
          description={t.grantedHint}
          inputMode="numeric"
          autoComplete="off"
          styles={NARROW}
          {...form.getInputProps("granted")}
        />
      </DialogForm>
    </Dialog>
  );
}
