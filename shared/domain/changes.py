"""What a command changes, as one value: the user before and after, what the journal says, which mails go out.

How the account's counters move is never decided by a command: it follows from before and after.
"""

from typing import NamedTuple

from shared.domain.accounts import Account
from shared.domain.journal import Entry
from shared.domain.mails import Mail
from shared.domain.tallies import Postage, Tally
from shared.domain.users import User


class Change(NamedTuple):
    """Saved in one transaction, or not at all; `entries` are empty where the action was in effect already."""

    before: User | None
    after: User
    entries: tuple[Entry, ...] = ()
    mails: tuple[Mail, ...] = ()
    postage: Postage | None = None

    @property
    def tally(self) -> Tally:
        """How the account's counters move."""
        return Tally.between(self.before, self.after, postage=self.postage)


class SettingsChange(NamedTuple):
    """The account before and after; where nothing changes there is no entry."""

    before: Account
    after: Account
    entry: Entry | None = None
