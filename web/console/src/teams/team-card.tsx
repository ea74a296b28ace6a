import { Button } from "@mantine/core";
import { useState } from "react";
import { fill } from "#shared/texts.ts";
import type { Team } from "../api/teams.ts";
import type { User } from "../api/types.ts";
import { Card } from "../page/card.tsx";
import cards from "../page/card.module.css";
import { Fact, Facts } from "../page/facts.tsx";
import { formatList, plural, texts } from "../texts/index.ts";
import { fullName } from "../users/full-name.ts";
import { MembersDialog } from "./members-dialog.tsx";

/** Names that a card shows; the others are counted. */
const SHOWN_NAMES = 5;

/** Returns the ids whose names the card of a team shows. */
export const shownMembers = ({ managers, users }: Team): string[] => [
  ...managers.slice(0, SHOWN_NAMES),
  ...users.slice(0, SHOWN_NAMES),
];

interface TeamCardProps {
  team: Team;
  /** Those of the shown people who have been read, by id, and whether others are still to come. */
  people: Map<string, User>;
  isLoading: boolean;
  mayEdit: boolean;
  onEdit: () => void;
  onDelete: () => void;
}

export function TeamCard({ team, people, isLoading, mayEdit, onEdit, onDelete }: TeamCardProps) {
  const t = texts.teams;
  const shown = { name: team.name, people, isLoading };
  return (
    <Card name={team.name} {...(mayEdit && { onEdit, onDelete })}>
      <Facts className={cards.facts}>
        <Members title={plural(t.managerCount, team.managers.length)} ids={team.managers} {...shown} />
        <Members title={plural(t.userCount, team.users.length)} ids={team.users} {...shown} />
      </Facts>
    </Card>
  );
}

interface MembersProps extends Pick<TeamCardProps, "people" | "isLoading"> {
  title: string;
  /** Of the team. */
  name: string;
  ids: string[];
}

function Members({ title, name, ids, people, isLoading }: MembersProps) {
  const t = texts.teams;
  const [isOpen, setOpen] = useState(false);
  const values = { name, people: title };
  return (
    <Fact title={title}>
      {ids.length ? namesOf(ids, people, isLoading) : texts.common.none}
      {ids.length > SHOWN_NAMES && (
        <>
          {" "}
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={fill(t.showAllOf, values)}
            onClick={() => {
              setOpen(true);
            }}
          >
            {t.showAll}
          </Button>
        </>
      )}
      {isOpen && (
        <MembersDialog
          title={fill(t.peopleOf, values)}
          ids={ids}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </Fact>
  );
}

/** Names the first people of a team as far as they have been read, and counts the others. */
function namesOf(ids: string[], people: Map<string, User>, isLoading: boolean): string {
  const names = ids.slice(0, SHOWN_NAMES).flatMap((userId) => {
    const user = people.get(userId);
    return user ? fullName(user) : isLoading ? "…" : [];
  });
  if (!names.length) return texts.teams.namesFailed;
  const others = ids.length - names.length;
  return formatList(others > 0 ? [...names, `+${String(others)}`] : names);
}
