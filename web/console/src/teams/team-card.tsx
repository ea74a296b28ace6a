import { useAccountContext } from "../account/account-context.ts";
import { useNames } from "../api/queries.ts";
import type { Team } from "../api/teams.ts";
import { Card } from "../page/card.tsx";
import cards from "../page/card.module.css";
import { Fact, Facts } from "../page/facts.tsx";
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
    <Card name={team.name} {...(mayEdit && { onEdit, onDelete })}>
      <Facts className={cards.facts}>
        <Members title={plural(t.managerCount, team.managers.length)} ids={team.managers} />
        <Members title={plural(t.userCount, team.users.length)} ids={team.users} />
      </Facts>
    </Card>
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
