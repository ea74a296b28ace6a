import { Radio, Stack, Text } from "@mantine/core";
import "@mantine/core/styles/Radio.layer.css";
import { useAccountContext } from "../account/account-context.ts";
import { texts } from "../texts/index.ts";
import { AddressField } from "./address-field.tsx";
import { InviteGroups, type InviteFieldsProps, Language, MoreOptions } from "./invite-fields.tsx";

/** What is asked about a partner: the address, since the registry has type and names (rule 6). */
export function PartnerFields({ form, problem }: InviteFieldsProps) {
  const t = texts.invite.partner;
  const { isAdmin } = useAccountContext();
  const { admin } = form.getValues();
  return (
    <>
      <Text size="sm">{t.lead}</Text>
      <AddressField label={t.id} description={t.idHint} form={form} problem={problem} />
      {isAdmin && (
        <Radio.Group
          label={t.admin}
          value={admin ? "yes" : "no"}
          error={form.errors.admin}
          onChange={(value) => {
            form.setFieldValue("admin", value === "yes");
          }}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="no" label={t.no} description={t.noHint} />
            <Radio value="yes" label={t.yes} description={t.yesHint} />
          </Stack>
        </Radio.Group>
      )}
      {!admin && <InviteGroups form={form} />}
      <MoreOptions form={form}>
        <Language form={form} />
      </MoreOptions>
    </>
  );
}
