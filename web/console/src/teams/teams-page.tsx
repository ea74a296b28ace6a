import { Button } from "@mantine/core";
import { useAccountContext } from "../account/account-context.ts";
import { hasFailed } from "../api/error-messages.ts";
import { type Team, useTeams } from "../api/teams.ts";
import cards from "../page/card.module.css";
import { Icon } from "../page/icons.tsx";
import { Loading } from "../page/lazy-page.tsx";
import { FailureNotice, NoPermissionPage, Notice } from "../page/notice.tsx";
import { Page } from "../page/page.tsx";
import { useOpened } from "../page/use-opened.ts";
import { texts } from "../texts/index.ts";
import { DeleteTeamDialog } from "./delete-team-dialog.tsx";
import { TeamCard, shownMembers } from "./team-card.tsx";
import { TeamDialog } from "./team-dialog.tsx";
import { useMembers } from "./use-members.ts";

export function TeamsRoute() {
  const { may } = useAccountContext();
  if (!may("users.view")) return <NoPermissionPage title={texts.teams.title} text={texts.notice.noPermission} />;
  return <TeamsPage />;
}

/** What is done with a team; without one, a new one is made. */
type Doing = { what: "edit"; team?: Team } | { what: "delete"; team: Team };

/** The teams of the account. */
function TeamsPage() {
  const t = texts.teams;
  const { account, accountId, may } = useAccountContext();
  const teams = useTeams(accountId);
  const { opened: doing, open, close } = useOpened<Doing>();
  const mayEdit = may("teams.edit");
  if (teams.isPending) return <Loading />;
  return (
    <Page
      title={t.title}
      tab={`${t.title} · ${account.name}`}
      lead={t.lead}
      size="60rem"
      actions={
        mayEdit && (
          <Button
            leftSection={<Icon name="plus" />}
            size="md"
            onClick={() => {
              open({ what: "edit" });
            }}
          >
            {t.new}
          </Button>
        )
      }
    >
      {hasFailed(teams) || !teams.data ? (
        <FailureNotice error={teams.error} retry={() => void teams.refetch()} />
      ) : teams.data.data.length ? (
        <TeamCards teams={teams.data.data} mayEdit={mayEdit} onDo={open} />
      ) : (
        <Notice icon="team" title={t.noneTitle} text={mayEdit ? t.none : t.noneForViewers} />
      )}
      {doing?.what === "edit" && <TeamDialog team={doing.team} onClose={close} />}
      {doing?.what === "delete" && <DeleteTeamDialog team={doing.team} onClose={close} />}
    </Page>
  );
}

interface TeamCardsProps {
  teams: Team[];
  mayEdit: boolean;
  onDo: (doing: Doing) => void;
}

function TeamCards({ teams, mayEdit, onDo }: TeamCardsProps) {
  const { people, isLoading } = useMembers([...new Set(teams.flatMap(shownMembers))]);
  return (
    <ul className={cards.cards} aria-label={texts.teams.title}>
      {teams.map((team) => (
        <TeamCard
          key={team.team_id}
          team={team}
          people={people}
          isLoading={isLoading}
          mayEdit={mayEdit}
          onEdit={() => {
            onDo({ what: "edit", team });
          }}
          onDelete={() => {
            onDo({ what: "delete", team });
          }}
        />
      ))}
    </ul>
  );
}
