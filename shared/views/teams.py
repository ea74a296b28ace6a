"""Teams of an account."""

from shared.domain.model.teams import Team
from shared.views.view import View


class TeamView(View):
    """`managers` and `users` are ids of users."""

    team_id: str
    name: str
    managers: list[str]
    users: list[str]
    version: int

    @classmethod
    def of(cls, team: Team) -> "TeamView":
        """Return the view of one team."""
        return cls(
            team_id=team.team_id,
            name=team.name,
            managers=sorted(team.managers),
            users=sorted(team.users),
            version=team.version,
        )


class TeamPage(View):
    data: list[TeamView]
    next_cursor: str | None = None
