import { Button, Group, Paper, Text, Title } from "@mantine/core";
import { useAccountContext } from "../account/account-context.ts";
import { useNames } from "../api/queries.ts";
import type { Team } from "../api/teams.ts";
import { Icon } from "../page/icons.tsx";
import { formatList, plural, texts } from "../texts/index.ts";
import classes from "./teams.module.css";

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
            <Button variant="default" size="compact-md" leftSection={<Icon name="pen" size={16} />} onClick={onEdit}>
              {texts.action.edit}
            </Button>
            <Button
              variant="subtle"
              color="red.8"
              size="compact-md"
              leftSection={<Icon name="bin" size={16} />}
              className={classes.delete}
              onClick={onDelete}
            >
              {texts.common.delete}
            </Button>
          </Group>
        )}
      </Group>
      <dl className={classes.facts}>
        <Members title={plural(t.managerCount, team.managers.length)} ids={team.managers} />
        <Members title={plural(t.userCount, team.users.length)} ids={team.users} />
      </dl>
    </Paper>
  );
}

function Members({ title, ids }: { title: string; ids: string[] }) {
  const { accountId } = useAccountContext();
  const names = useNames(accountId, ids.slice(0, SHOWN_NAMES));
  const shown = [...names.values()];
  const hidden = ids.length - SHOWN_NAMES;
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <Text size="sm" component="span">
          {shown.length ? formatList(hidden > 0 ? [...shown, `+${String(hidden)}`] : shown) : texts.common.none}
        </Text>
      </dd>
    </div>
  );
}
