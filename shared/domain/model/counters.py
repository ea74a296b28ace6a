"""How an account's counters move: seats, administrators, users of each status and of each group, mails of the day."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from shared.domain.model.users import Status, User


class MailQuotaUse(NamedTuple):
    """Use so many `mails` of the account's quota for the UTC `day`.

    `max_sent_before` is the highest counter value at which they still fit; `is_first`: the counter is another day's and
    starts again.
    """

    day: str
    mails: int
    max_sent_before: int
    is_first: bool

    def of_part(self, mails: int, *, is_first: bool) -> "MailQuotaUse":
        """Return the use of so many of the mails, in a transaction of its own; the quota is the same."""
        quota = self.max_sent_before + self.mails
        return MailQuotaUse(self.day, mails, max_sent_before=quota - mails, is_first=is_first)


class CounterDelta(NamedTuple):
    """Differences for the account's counters; entries of zero are left out of the mappings."""

    seats: int = 0
    admins: int = 0
    statuses: Mapping[str, int] = {}
    groups: Mapping[str, int] = {}
    teams: int = 0
    administrators: Mapping[str, int] = {}

    @classmethod
    def between(cls, before: User | None, after: User | None) -> "CounterDelta":
        """Return the difference between what these users add to the account's counters."""
        return cls.of(after) - cls.of(before)

    @classmethod
    def of(cls, user: User | None) -> "CounterDelta":
        """Return the user's share of the account's counters."""
        if user is None or user.erased_at:
            return cls()
        groups = dict.fromkeys(user.groups, 1) if user.is_group_member else {}
        administrators = {user.user_id: 1} if user.admin and user.status is Status.ACTIVE else {}
        statuses = {user.status.value: 1}
        return cls(int(user.holds_seat), int(user.counts_as_admin), statuses, groups, administrators=administrators)

    @classmethod
    def sum(cls, deltas: Iterable["CounterDelta"]) -> "CounterDelta":
        """Return all deltas together."""
        total = cls()
        for delta in deltas:
            total = total.plus(delta)
        return total

    def plus(self, other: "CounterDelta", *, sign: int = 1) -> "CounterDelta":
        """Return both together; with `sign` -1 their difference."""
        return CounterDelta(
            self.seats + sign * other.seats,
            self.admins + sign * other.admins,
            _added(self.statuses, other.statuses, sign),
            _added(self.groups, other.groups, sign),
            self.teams + sign * other.teams,
            _added(self.administrators, other.administrators, sign),
        )

    def __sub__(self, other: "CounterDelta") -> "CounterDelta":
        """Return the difference."""
        return self.plus(other, sign=-1)

    @property
    def is_zero(self) -> bool:
        """Return whether no counter moves."""
        return self == CounterDelta()


def _added(first: Mapping[str, int], second: Mapping[str, int], sign: int) -> dict[str, int]:
    total = dict(first)
    for name, number in second.items():
        total[name] = total.get(name, 0) + sign * number
    return {name: number for name, number in total.items() if number}
