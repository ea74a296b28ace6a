"""What a context changes, as one value: the user before and after, what the journal says, which mails go out.

How the account's counters move is never decided by a context: it follows from before and after.
"""

from typing import NamedTuple

from shared.domain.model.accounts import Account
from shared.domain.model.counters import CounterDelta, MailQuotaUse
from shared.domain.model.users import User
from shared.domain.policy.journal import Entry
from shared.domain.policy.mails import Mail


class Change(NamedTuple):
    """Saved in one transaction, or not at all; `entries` are empty where the action was in effect already."""

    before: User | None
    after: User
    entries: tuple[Entry, ...] = ()
    mails: tuple[Mail, ...] = ()
    postage: MailQuotaUse | None = None

    @property
    def tally(self) -> CounterDelta:
        """How the account's counters move."""
        return CounterDelta.between(self.before, self.after, postage=self.postage)


class SettingsChange(NamedTuple):
    """The account before and after; where nothing changes there is no entry."""

    before: Account
    after: Account
    entry: Entry | None = None
