"""Who of an account's users is wanted in a list (rule 33)."""

from typing import NamedTuple

from shared.domain.model.users import HAS_LEFT, Kind, Status, User


class UserFilter(NamedTuple):
    """None lets everyone through; `email` is canonical. `records_wait`: those alone who may own records that wait."""

    statuses: frozenset[Status]
    group: str | None = None
    kind: Kind | None = None
    admin: bool | None = None
    email: str | None = None
    records_wait: bool = False

    def matches(self, user: User) -> bool:
        """Return whether the user is wanted, by the status that is stored."""
        return (
            user.status in self.statuses
            and (self.group is None or self.group in user.groups)
            and (self.kind is None or self.kind == user.kind)
            and (self.admin is None or self.admin == user.admin)
            and (self.email is None or self.email == user.email)
            and (not self.records_wait or (user.has_records_waiting and user.status in HAS_LEFT))
        )

    @property
    def is_by_status(self) -> bool:
        """Return whether nothing but the status decides, which the account counts."""
        return self == UserFilter(self.statuses)

    @property
    def scope(self) -> list[object]:
        """Return the filter as JSON values: equal for equal filters."""
        return [sorted(self.statuses), self.group, self.kind, self.admin, self.email, self.records_wait]
