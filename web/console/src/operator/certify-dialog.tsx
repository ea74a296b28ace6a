import { NativeSelect, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { fill } from "#shared/texts.ts";
import { type NewPartner, type Partner, certifyPartner } from "../api/operator.ts";
import { Dialog, DialogForm } from "../page/dialog.tsx";
import type { FieldOfPath } from "../page/form-errors.ts";
import { NameInputs } from "../page/name-inputs.tsx";
import { nameErrors } from "../page/person-errors.ts";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { useApiForm } from "../page/use-api-form.ts";
import { partnerTypes } from "../permissions/partner-types.ts";
import { texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { unicodeEmail } from "../users/unicode-email.ts";

interface Values {
  first_name: string;
  last_name: string;
  partner_type: string;
}

const FIELD_OF_PATH: FieldOfPath<Values> = {
  first_name: "first_name",
  last_name: "last_name",
  partner_type: "partner_type",
};

interface CertifyDialogProps {
  email: string;
  /** The entry to be changed; null for a new one. */
  partner: Partner | null;
  onDone: (partner: Partner) => void;
  onClose: () => void;
}

/** Enters an address in the registry of partners, or changes type and names of its entry. */
export function CertifyDialog({ email, partner, onDone, onClose }: CertifyDialogProps) {
  const t = texts.operator.partner;
  const form = useForm<Values>({
    initialValues: {
      first_name: partner?.first_name ?? "",
      last_name: partner?.last_name ?? "",
      partner_type: partner?.partner_type ?? "",
    },
    validate: (values) => ({
      ...nameErrors(values, true),
      ...(!values.partner_type && { partner_type: texts.error.partner_type }),
    }),
  });
  const { refusal, showError, onSubmit } = useApiForm(form, { fieldOfPath: FIELD_OF_PATH });
  const saving = useMutation({
    mutationFn: (body: NewPartner) => certifyPartner(email, body),
    onSuccess: (saved) => {
      notifications.show({ message: fill(t.savedToast, { name: fullName(saved) }) });
      onDone(saved);
      onClose();
    },
    onError: showError,
  });
  const shown = unicodeEmail(email);
  return (
    <Dialog
      title={partner ? fill(t.editTitle, { name: fullName(partner) }) : fill(t.certifyTitle, { email: shown })}
      onClose={onClose}
      isDirty={form.isDirty()}
    >
      <DialogForm
        onSubmit={onSubmit(({ first_name, last_name, partner_type }) => {
          saving.mutate({
            first_name: first_name.trim(),
            last_name: last_name.trim(),
            partner_type: partner_type as NewPartner["partner_type"],
          });
        })}
        verb={partner ? texts.common.save : t.certifyNow}
        isPending={saving.isPending}
      >
        <RefusalAlert text={refusal} scrollIntoView />
        <Text size="sm">{partner ? t.editHint : t.certifyHint}</Text>
        <NameInputs firstName={form.getInputProps("first_name")} lastName={form.getInputProps("last_name")} />
        <NativeSelect
          label={t.type}
          data={[...(partner ? [] : [{ value: "", label: t.chooseType }]), ...partnerTypes()]}
          {...form.getInputProps("partner_type")}
        />
      </DialogForm>
    </Dialog>
  );
}
