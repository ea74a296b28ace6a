import { MultiSelect, SimpleGrid, Switch, TagsInput, TextInput, Textarea } from "@mantine/core";
import { useGroups } from "../api/queries.ts";
import type { Account } from "../api/types.ts";
import { PhoneFields } from "../page/phone-fields.tsx";
import { type InviteForm, MESSAGE_LIMIT, NOTIFY_LIMIT } from "./invite-form.ts";

interface InviteFieldsProps {
  form: InviteForm;
  account: Account;
  isAdmin: boolean;
}

const PAIR = { base: 1, xs: 2 };

export function InviteFields({ form, account, isAdmin }: InviteFieldsProps) {
  const groups = useGroups(account.account_id);
  const options = groups.data?.data.map(({ group_id, name }) => ({ value: group_id, label: name })) ?? [];
  const defaultGroup = options.find(({ value }) => value === account.settings.default_group)?.label;
  const { message, admin } = form.getValues();
  return (
    <>
      <SimpleGrid cols={PAIR}>
        <TextInput label="First name" autoComplete="off" data-autofocus {...form.getInputProps("first_name")} />
        <TextInput
          label={account.settings.invite_profile === "simple" ? "Last name (optional)" : "Last name"}
          autoComplete="off"
          {...form.getInputProps("last_name")}
        />
      </SimpleGrid>
      <TextInput label="Email" type="email" autoComplete="off" {...form.getInputProps("email")} />
      <MultiSelect
        label="Groups"
        description={defaultGroup && `If you choose none: ${defaultGroup}.`}
        placeholder={form.getValues().groups.length ? "" : "Choose groups"}
        data={options}
        searchable
        error={groups.isError && "The groups could not be loaded."}
        {...form.getInputProps("groups")}
      />
      {isAdmin && (
        <Switch
          label="Administrator"
          description="Full access, including managing users and settings."
          {...form.getInputProps("admin")}
          checked={admin}
        />
      )}
      <Textarea
        label="Message"
        description={`Optional, plain text. ${String(MESSAGE_LIMIT - message.length)} characters left.`}
        maxLength={MESSAGE_LIMIT}
        autosize
        minRows={2}
        {...form.getInputProps("message")}
      />
      <PhoneFields code={form.getInputProps("country_code")} number={form.getInputProps("number")} />
      <TagsInput
        label="Also notify (optional)"
        description={`Up to ${String(NOTIFY_LIMIT)} people get a short email about this invitation. Press Enter after each address.`}
        maxTags={NOTIFY_LIMIT}
        acceptValueOnBlur
        {...form.getInputProps("notify")}
      />
    </>
  );
}
