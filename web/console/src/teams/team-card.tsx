import { Button, Group, Paper, Title } from "@mantine/core";
import { fill } from "#shared/texts.ts";
import { useAccountContext } from "../account/account-context.ts";
import { useNames } from "../api/queries.ts";
import type { Team } from "../api/teams.ts";
import cards from "../page/cards.module.css";
import { Fact, Facts } from "../page/facts.tsx";
import { Icon } from "../page/icons.tsx";
import { formatList, plural, texts } from "../texts/index.ts";

/** Names that a card shows; the others are counted. */
const SHOWN_NAMES = 5;

interface TeamCardProps {
  team: Team;
  mayEdit: boolean;
  onEdit: () => void;
  onDelete: () => void;
}

export function TeamCard({ team, mayEdit, onEdit, onDelete }: TeamCardProps) {
  const t = texts.teams;
  return (
    <Paper component="li" withBorder radius="lg" p="lg">
      <Group justify="space-between" align="flex-start">
        <Title order={2} size="h4">
          {team.name}
        </Title>
        {mayEdit && (
          <Group gap="xs">
            <Button
              variant="default"
              size="compact-md"
              leftSection={<Icon name="pen" size={16} />}
              aria-label={fill(texts.edit.title, { name: team.name })}
              onClick={onEdit}
            >
              {texts.action.edit}
            </Button>
            <Button
              variant="subtle"
              color="red.8"
              size="compact-md"
              leftSection={<Icon name="bin" size={16} />}
              className={cards.delete}
              aria-label={fill(texts.common.deleteNamed, { name: team.name })}
              onClick={onDelete}
            >
              {texts.common.delete}
            </Button>
          </Group>
        )}
      </Group>
      <Facts className={cards.facts}>
        <Members title={plural(t.managerCount, team.managers.length)} ids={team.managers} />
        <Members title={plural(t.userCount, team.users.length)} ids={team.users} />
      </Facts>
    </Paper>
  );
}

function Members({ title, ids }: { title: string; ids: string[] }) {
  const { accountId } = useAccountContext();
  const names = useNames(accountId, ids.slice(0, SHOWN_NAMES));
  const shown = [...names.values()];
  const hidden = ids.length - SHOWN_NAMES;
  return (
    <Fact title={title}>
      {shown.length ? formatList(hidden > 0 ? [...shown, `+${String(hidden)}`] : shown) : texts.common.none}
    </Fact>
  );
}
