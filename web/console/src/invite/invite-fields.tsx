import { Button, Collapse, SimpleGrid, Stack, TextInput, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Problem } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { useGroups } from "../api/queries.ts";
import { AccessEndInput } from "../page/access-end-input.tsx";
import { AdminSwitch } from "../page/admin-switch.tsx";
import { GroupsSelect } from "../page/groups-select.tsx";
import { Icon } from "../page/icons.tsx";
import { LanguageSelect } from "../page/language-select.tsx";
import { NAME_LENGTH } from "../page/person-errors.ts";
import { PhoneFields } from "../page/phone-fields.tsx";
import { plural, texts } from "../texts/index.ts";
import { AddressField } from "./address-field.tsx";
import { AddressesInput } from "./addresses-input.tsx";
import { type InviteForm, MESSAGE_LIMIT, NOTIFY_LIMIT, OPTIONAL_FIELDS } from "./invite-form.ts";

export interface InviteFieldsProps {
  form: InviteForm;
  /** Why the last attempt was refused. */
  problem: Problem | undefined;
}

const PAIR = { base: 1, xs: 2 };

export function InviteFields({ form, problem }: InviteFieldsProps) {
  const { account } = useAccountContext();
  const { admin } = form.getValues();
  return (
    <>
      <AddressField label={texts.field.email} form={form} problem={problem} />
      <SimpleGrid cols={PAIR}>
        <TextInput
          label={texts.field.firstName}
          autoComplete="off"
          maxLength={NAME_LENGTH}
          {...form.getInputProps("first_name")}
        />
        <TextInput
          label={account.settings.invite_profile === "simple" ? texts.field.lastNameOptional : texts.field.lastName}
          autoComplete="off"
          maxLength={NAME_LENGTH}
          {...form.getInputProps("last_name")}
        />
      </SimpleGrid>
      <InviteGroups form={form} />
      <AdminSwitch of="user" {...form.getInputProps("admin")} checked={admin} />
      <Language form={form} />
      <MoreOptions form={form}>
        <PhoneFields region={form.getInputProps("region")} number={form.getInputProps("number")} />
      </MoreOptions>
    </>
  );
}

/** The groups to begin with; none for an administrator. */
export function InviteGroups({ form }: { form: InviteForm }) {
  const { account, accountId } = useAccountContext();
  const groups = useGroups(accountId);
  const startingGroup = groups.data?.data.find(({ group_id }) => group_id === account.settings.default_group)?.name;
  const { admin, groups: chosen } = form.getValues();
  const hint = admin ? texts.field.groupsOfAdmin : startingGroup && fill(texts.invite.ifNone, { group: startingGroup });
  return (
    <GroupsSelect
      accountId={accountId}
      given={account.settings.default_group}
      description={hint}
      {...form.getInputProps("groups")}
      value={admin ? [] : chosen}
      disabled={admin}
    />
  );
}

export const Language = ({ form }: { form: InviteForm }) => (
  <LanguageSelect
    label={texts.invite.language}
    description={texts.invite.languageHint}
    {...form.getInputProps("locale")}
  />
);

/**
 * The optional fields, folded until they hold something, have an error or are unfolded; emptying them folds nothing.
 * `children` stand between message and notify.
 */
export function MoreOptions({ form, children }: { form: InviteForm; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const { message, ...values } = form.getValues();
  const hasErrors = OPTIONAL_FIELDS.some((name) => Boolean(form.errors[name]));
  const isUsed =
    hasErrors || message !== "" || values.number !== "" || values.notify.length > 0 || values.access_until !== "";
  if (isUsed && !isOpen) setOpen(true);
  const opened = isOpen || isUsed;
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-expanded={opened}
        disabled={isUsed}
        leftSection={<Icon name={opened ? "minus" : "plus"} size={16} />}
        onClick={() => {
          setOpen(!opened);
        }}
      >
        {opened ? texts.invite.fewer : texts.invite.more}
      </Button>
      <Collapse expanded={opened}>
        <Stack pt="sm">
          <Textarea
            label={texts.invite.message}
            description={plural(texts.invite.messageHint, MESSAGE_LIMIT - message.length)}
            maxLength={MESSAGE_LIMIT}
            autosize
            minRows={2}
            {...form.getInputProps("message")}
          />
          {children}
          <AddressesInput
            label={texts.invite.notify}
            description={plural(texts.invite.notifyHint, NOTIFY_LIMIT)}
            {...form.getInputProps("notify")}
          />
          <AccessEndInput {...form.getInputProps("access_until")} />
        </Stack>
      </Collapse>
    </div>
  );
}
