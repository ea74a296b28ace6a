import { Paper, Text, Title } from "@mantine/core";
import { useAccountContext } from "../account/account-context.ts";
import { TextLink } from "../page/links.tsx";
import { formatNumber, plural, texts } from "../texts/index.ts";

/** What to do first where nobody but the reader is in the account, and what seats are. */
export function FirstInvitations() {
  const { account, accountId } = useAccountContext();
  const t = texts.firstInvitations;
  const { available } = account.seats;
  return (
    <Paper component="section" aria-labelledby="first-invitations" withBorder radius="lg" p="lg" mb="md">
      <Title order={2} size="h4" id="first-invitations">
        {t.title}
      </Title>
      <Text mt="xs">{t.text}</Text>
      <Text mt="xs">
        {available === null ? t.noLimit : plural(t.seats, available, { n: formatNumber(available) })} {t.partners}
      </Text>
      <TextLink to="/$accountId/groups" params={{ accountId }} mt="xs" display="inline-block">
        {t.groups}
      </TextLink>
    </Paper>
  );
}
