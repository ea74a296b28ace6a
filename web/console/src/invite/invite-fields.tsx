import { Button, Collapse, SimpleGrid, Stack, TextInput, Textarea } from "@mantine/core";
import { useState } from "react";
import type { Problem } from "#shared/problem.ts";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { useGroups } from "../api/queries.ts";
import { AdminSwitch } from "../page/admin-switch.tsx";
import { EMAIL_LENGTH, readAddress } from "../page/email-address.ts";
import { EmailInput } from "../page/email-input.tsx";
import { GroupsSelect } from "../page/groups-select.tsx";
import { Icon } from "../page/icons.tsx";
import { LanguageSelect } from "../page/language-select.tsx";
import { NAME_LENGTH } from "../page/person-errors.ts";
import { PhoneFields } from "../page/phone-fields.tsx";
import { plural, texts } from "../texts/index.ts";
import { AddressesInput } from "./addresses-input.tsx";
import { type InviteForm, MESSAGE_LIMIT, NOTIFY_LIMIT, OPTIONAL_FIELDS } from "./invite-form.ts";
import { RefusalCures } from "./refusal-cures.tsx";
import { useTakenAddress } from "./use-taken-address.ts";

interface InviteFieldsProps {
  form: InviteForm;
  /** Why the last attempt was refused. */
  problem: Problem | undefined;
  onLeave: () => void;
}

const PAIR = { base: 1, xs: 2 };

export function InviteFields({ form, problem, onLeave }: InviteFieldsProps) {
  const { account, accountId, isAdmin } = useAccountContext();
  const groups = useGroups(accountId);
  const startingGroup = groups.data?.data.find(({ group_id }) => group_id === account.settings.default_group)?.name;
  const taken = useTakenAddress(form);
  const { admin } = form.getValues();
  const email = form.getInputProps("email");
  const groupHint = admin
    ? texts.field.groupsOfAdmin
    : startingGroup && fill(texts.invite.ifNone, { group: startingGroup });
  return (
    <>
      <Stack gap="xs">
        <EmailInput
          label={texts.field.email}
          autoComplete="off"
          maxLength={EMAIL_LENGTH}
          data-autofocus
          {...email}
          onBlur={() => {
            const { email: typed } = form.getValues();
            if (readAddress(typed) !== typed) form.setFieldValue("email", readAddress(typed));
            taken.check();
          }}
        />
        <RefusalCures problem={problem ?? taken.problem} onLeave={onLeave} />
      </Stack>
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
      <GroupsSelect
        accountId={accountId}
        description={groupHint}
        {...form.getInputProps("groups")}
        value={admin ? [] : form.getValues().groups}
        disabled={admin}
      />
      {isAdmin && <AdminSwitch {...form.getInputProps("admin")} checked={admin} />}
      <LanguageSelect
        label={texts.invite.language}
        description={texts.invite.languageHint}
        {...form.getInputProps("locale")}
      />
      <MoreOptions form={form} />
    </>
  );
}

/** The optional fields, folded unless they hold something or have an error. */
function MoreOptions({ form }: { form: InviteForm }) {
  const [isOpen, setOpen] = useState(false);
  const { message, ...values } = form.getValues();
  const hasErrors = OPTIONAL_FIELDS.some((name) => Boolean(form.errors[name]));
  const isUsed = hasErrors || message !== "" || values.number !== "" || values.notify.length > 0;
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
          <PhoneFields region={form.getInputProps("region")} number={form.getInputProps("number")} />
          <AddressesInput
            label={texts.invite.notify}
            description={plural(texts.invite.notifyHint, NOTIFY_LIMIT)}
            {...form.getInputProps("notify")}
          />
        </Stack>
      </Collapse>
    </div>
  );
}
