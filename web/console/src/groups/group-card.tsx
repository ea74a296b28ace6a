import { Badge, Text } from "@mantine/core";
import { useAccountContext } from "../account/account-context.ts";
import type { Group } from "../api/types.ts";
import { Card } from "../page/card.tsx";
import cards from "../page/card.module.css";
import { Fact, Facts } from "../page/facts.tsx";
import { TextLink } from "../page/links.tsx";
import { permissionAreas } from "../permissions/catalogue.ts";
import { formatList, plural, texts } from "../texts/index.ts";
import classes from "./groups-page.module.css";
import { groupUsersView } from "./group-users-view.ts";

interface GroupCardProps {
  group: Group;
  onEdit: () => void;
  onDelete: () => void;
}

export function GroupCard({ group, onEdit, onDelete }: GroupCardProps) {
  const t = texts.groups;
  const { account, may } = useAccountContext();
  // Only someone who holds all permissions of a group can edit it.
  const mayEdit = may("groups.edit") && group.permissions.every(may);
  const isStartingGroup = account.settings.default_group === group.group_id;
  return (
    <Card
      name={group.name}
      badge={
        isStartingGroup && (
          <Badge size="sm" variant="default">
            {t.starting}
          </Badge>
        )
      }
      onEdit={mayEdit ? onEdit : undefined}
      onDelete={mayEdit && !group.default ? onDelete : undefined}
    >
      {group.description && (
        <Text size="sm" className={classes.description}>
          {group.description}
        </Text>
      )}
      <Facts className={cards.facts}>
        <Fact title={texts.users.title}>
          <UserCount group={group} />
        </Fact>
        <Fact title={texts.permissions.title}>{group.default ? t.hasAll : summary(group.permissions)}</Fact>
      </Facts>
    </Card>
  );
}

/** How many users are in the group, linked to them. */
function UserCount({ group: { group_id, user_count } }: { group: Group }) {
  const { accountId, may } = useAccountContext();
  const count = plural(texts.teams.userCount, user_count);
  if (!user_count || !may("users.view")) return <span>{count}</span>;
  return (
    <TextLink
      to="/$accountId/users"
      params={{ accountId }}
      search={groupUsersView(group_id)}
      inherit
      underline="always"
    >
      {count}
    </TextLink>
  );
}

/** The number of permissions, and in which areas they are. */
function summary(permissions: string[]): string {
  const areas = permissionAreas().filter((area) => area.permissions.some(({ name }) => permissions.includes(name)));
  if (!areas.length) return texts.groups.hasNone;
  const names = formatList(areas.map(({ label }) => label));
  return plural(texts.groups.permissionCount, permissions.length, { areas: names });
}
