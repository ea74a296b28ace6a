"""Teams: managers, and the users whose records they reach (rule 31)."""

from shared.domain.model import errors
from shared.domain.model.folding import folded
from shared.domain.model.values import Model, Moment

MAX_TEAMS = 100  # An account's.
MAX_PEOPLE = 90  # A team's managers and users: one transaction of DynamoDB changes them all.
MAX_TEAMS_OF_USER = 20


class Team(Model):
    """One team. Its people are sets, so that a user who leaves the account is taken out without reading the team.

    A deleted team is kept for a day, without people, so that repeating the request has no effect.
    """

    account_id: str
    team_id: str
    name: str
    managers: frozenset[str] = frozenset()
    users: frozenset[str] = frozenset()
    deleted_at: Moment | None = None
    version: int = 1

    @property
    def place(self) -> str:
        """Return the sort key of the team: its name."""
        return f"{folded(self.name)}\t{self.team_id}"

    @property
    def people(self) -> frozenset[str]:
        """Return the ids of managers and users."""
        return self.managers | self.users


def require_team(team: Team | None) -> Team:
    """Return the team; raises NotFound for one that is not there, or was deleted."""
    if team is None or team.deleted_at:
        raise errors.NotFound
    return team
