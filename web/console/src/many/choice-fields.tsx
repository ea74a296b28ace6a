import { SimpleGrid, Stack, Textarea } from "@mantine/core";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { useGroups } from "../api/queries.ts";
import { AddressesInput } from "../invite/addresses-input.tsx";
import { MESSAGE_LIMIT, NOTIFY_LIMIT } from "../invite/invite-form.ts";
import { AdminSwitch } from "../page/admin-switch.tsx";
import { isEmailAddress } from "../page/email-address.ts";
import { GroupsSelect } from "../page/groups-select.tsx";
import { LanguageSelect } from "../page/language-select.tsx";
import { plural, texts } from "../texts/index.ts";
import type { Choice } from "./draft.ts";

interface ChoiceFieldsProps {
  choice: Choice;
  /** What the API does not take of it. */
  refused: ReadonlySet<string>;
  onChange: (changes: Partial<Choice>) => void;
}

/** What is chosen once for everyone of the list. */
export function ChoiceFields({ choice, refused, onChange }: ChoiceFieldsProps) {
  const { account, accountId } = useAccountContext();
  const groups = useGroups(accountId);
  const startingGroup = groups.data?.data.find(({ group_id }) => group_id === account.settings.default_group)?.name;
  const groupHint = choice.admin
    ? texts.field.groupsOfAdmin
    : startingGroup && fill(texts.invite.ifNone, { group: startingGroup });
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <GroupsSelect
          accountId={accountId}
          given={account.settings.default_group}
          description={groupHint}
          value={choice.admin ? [] : choice.groups}
          disabled={choice.admin}
          onChange={(chosen) => {
            onChange({ groups: chosen });
          }}
        />
        <LanguageSelect
          label={texts.many.language}
          description={texts.many.languageHint}
          value={choice.locale}
          onChange={(event) => {
            onChange({ locale: event.currentTarget.value as Choice["locale"] });
          }}
        />
      </SimpleGrid>
      <AdminSwitch
        of="user"
        checked={choice.admin}
        onChange={(event) => {
          onChange({ admin: event.currentTarget.checked });
        }}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Textarea
          label={texts.invite.message}
          description={plural(texts.invite.messageHint, MESSAGE_LIMIT - choice.message.length)}
          maxLength={MESSAGE_LIMIT}
          autosize
          minRows={2}
          value={choice.message}
          error={refused.has("message") && texts.error.message}
          onChange={(event) => {
            onChange({ message: event.currentTarget.value });
          }}
        />
        <AddressesInput
          label={texts.invite.notify}
          description={plural(texts.many.notifyHint, NOTIFY_LIMIT)}
          value={choice.notify}
          error={notifyFault(choice.notify) || (refused.has("notify") && texts.error.notify)}
          onChange={(notify) => {
            onChange({ notify });
          }}
        />
      </SimpleGrid>
    </Stack>
  );
}

/** Says what is wrong with the addresses to notify; "" if nothing is. */
export function notifyFault(notify: string[]): string {
  const bad = notify.find((address) => !isEmailAddress(address));
  if (bad !== undefined) return fill(texts.error.notifyOne, { address: bad });
  return notify.length > NOTIFY_LIMIT ? plural(texts.error.notifyLimit, NOTIFY_LIMIT) : "";
}
