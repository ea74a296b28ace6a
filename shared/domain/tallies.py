"""How the account's counters move with a change to one user: seats, active administrators, users of each status."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from shared.domain.users import Status, User


class Tally(NamedTuple):
    """Differences for the account's counters."""

    seats: int
    admins: int
    counts: Mapping[Status, int]

    @classmethod
    def between(cls, before: User | None, after: User) -> "Tally":
        """What leads from one to the other."""
        counts: Counter[Status] = Counter({after.status: 1})
        seats, admins = int(after.holds_seat), int(after.counts_as_admin)
        if before is not None:
            counts.subtract([before.status])
            seats -= before.holds_seat
            admins -= before.counts_as_admin
        return cls(seats, admins, {status: number for status, number in counts.items() if number})
