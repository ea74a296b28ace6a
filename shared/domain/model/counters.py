"""How the account's counters move with a change to one user: seats, administrators, users of each status, mails."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from shared.domain.model.users import Status, User


class MailQuotaUse(NamedTuple):
    """Mails that count on a UTC `day`, of which they may be the `first`; `room`: how many it may have seen before."""

    day: str
    mails: int
    room: int
    is_first: bool


class CounterDelta(NamedTuple):
    """Differences for the account's counters."""

    seats: int
    admins: int
    counts: Mapping[Status, int]
    postage: MailQuotaUse | None = None

    @classmethod
    def between(cls, before: User | None, after: User, *, postage: MailQuotaUse | None = None) -> "CounterDelta":
        """What leads from one to the other."""
        counts: Counter[Status] = Counter({after.status: 1})
        seats, admins = int(after.holds_seat), int(after.counts_as_admin)
        if before is not None:
            counts.subtract([before.status])
            seats -= before.holds_seat
            admins -= before.counts_as_admin
        return cls(seats, admins, {status: number for status, number in counts.items() if number}, postage)
