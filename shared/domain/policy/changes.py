"""Everything that a command changes, as one value."""

from typing import Literal, NamedTuple

from shared.domain.model.accounts import Account
from shared.domain.model.counters import CounterDelta, MailQuotaUse
from shared.domain.model.erasures import Erasure, OutsideTables
from shared.domain.model.groups import Group, Groups
from shared.domain.model.identities import Identity
from shared.domain.model.mails import Mail
from shared.domain.model.move_jobs import MoveJob
from shared.domain.model.partners import Withdrawal
from shared.domain.model.records import OwnedRecords, Record
from shared.domain.model.recoveries import Recovery
from shared.domain.model.seat_requests import SeatRequest
from shared.domain.model.teams import Team
from shared.domain.model.users import Delivery, User
from shared.domain.policy.journal import Entry


class UserChange(NamedTuple):
    """One user before and after; before is None for someone whom the account never had."""

    before: User | None
    after: User


class AccountChange(NamedTuple):
    """The account's settings, seats and pending requests before and after; before is None for a new account.

    `min_available`: so many seats must be free at the moment of the write.
    """

    before: Account | None
    after: Account
    min_available: int | None = None


class SeatRequestChange(NamedTuple):
    """A request for seats before and after; before is None for a new one."""

    before: SeatRequest | None
    after: SeatRequest


class IdentityChange(NamedTuple):
    """An identity before and after: created by `accept` under its lock, come into an account, or renamed.

    "blocked": an operator has blocked or unblocked it. "certified": an operator has changed its certification, also by
    withdrawing it. "secured": its password was changed under its lock. "signed_out": all of its sessions have ended.
    """

    before: Identity | None
    after: Identity
    reason: Literal["accepted", "joined", "renamed", "blocked", "secured", "signed_out", "certified"]


class ErasureChange(NamedTuple):
    """An identity, if there was one, that gives way to a tombstone; its users are still to follow."""

    before: Identity | None
    erasure: Erasure
    outside: OutsideTables


class RecoveryChange(NamedTuple):
    """A recovery before and after; before is None where none is kept."""

    before: Recovery | None
    after: Recovery


class DeliveryChange(NamedTuple):
    """A user with a new delivery status on the invitation of this generation; they keep their version."""

    user: User
    generation: int
    delivery: Delivery


class GroupsChange(NamedTuple):
    """The account's groups before and after a command about `group`, which is shown as it is afterwards.

    `empty_group_id` names a group that is deleted. At the moment of the write nobody may be in it, and the account's
    settings must be those of `account`: other ones could make it the starting group.
    """

    before: Groups
    after: Groups
    group: Group
    account: Account
    empty_group_id: str | None = None


class TeamChange(NamedTuple):
    """One team before and after; before is None for a new one, and the same as after for a request without effect."""

    before: Team | None
    after: Team


class RecordChange(NamedTuple):
    """A record before and after; before is None for a new one, after for one that is deleted."""

    before: Record | None
    after: Record | None


class JobChange(NamedTuple):
    """A job that moves records, before and after one of its steps; before is None for a new one.

    The `new_owners` of a new job must be as they were read at the moment of the write.
    """

    before: MoveJob | None
    after: MoveJob
    new_owners: tuple[User, ...] = ()


class ChangeSet(NamedTuple):
    """Committed in one transaction, or not at all.

    No command decides on the counters: they are the sum of what its changes of users and teams amount to. The store
    takes users out of teams that they leave and that are not among `teams`.

    Users who do not change must be as they were read at the moment of the write, and so must what a leaving user
    `owned`. A record that is stored meanwhile is therefore part of the hand-over, or marks its owner.
    """

    users: tuple[UserChange, ...] = ()
    teams: tuple[TeamChange, ...] = ()
    groups: GroupsChange | None = None
    account: AccountChange | None = None
    seat_request: SeatRequestChange | None = None
    identity: IdentityChange | None = None
    erasure: ErasureChange | None = None
    recovery: RecoveryChange | None = None
    withdrawal: Withdrawal | None = None
    delivery: DeliveryChange | None = None
    records: tuple[RecordChange, ...] = ()
    owned: OwnedRecords | None = None
    job: JobChange | None = None
    entries: tuple[Entry, ...] = ()
    mails: tuple[Mail, ...] = ()
    mail_quota: MailQuotaUse | None = None

    @classmethod
    def of_user(
        cls,
        before: User | None,
        after: User,
        *,
        entries: tuple[Entry, ...] = (),
        mails: tuple[Mail, ...] = (),
        mail_quota: MailQuotaUse | None = None,
        owned: OwnedRecords | None = None,
        job: JobChange | None = None,
    ) -> "ChangeSet":
        """Return the change of one user."""
        users = (UserChange(before, after),)
        return cls(users=users, entries=entries, mails=mails, mail_quota=mail_quota, owned=owned, job=job)

    @classmethod
    def unchanged(cls, user: User) -> "ChangeSet":
        """Return the change of an action that is already in effect: none."""
        return cls.of_user(user, user)

    @property
    def user(self) -> User:
        """Return the one changed user, as they are afterwards; raises ValueError if there are more, or none."""
        [change] = self.users
        return change.after

    def user_in(self, account_id: str) -> User:
        """Return the one changed user of an account; raises ValueError if there are more, or none."""
        [user] = [change.after for change in self.users if change.after.account_id == account_id]
        return user

    @property
    def move_job(self) -> MoveJob:
        """Return the job as it is afterwards; raises TypeError for changes without one."""
        if self.job is None:
            raise TypeError("no job")
        return self.job.after

    @property
    def begun_erasure(self) -> Erasure:
        """Return the erasing that begins with these changes; raises TypeError for changes without one."""
        if self.erasure is None:
            raise TypeError("no erasure")
        return self.erasure.erasure

    @property
    def record(self) -> Record:
        """Return the one changed record, as it is afterwards; raises ValueError for more, none or a deleted one."""
        [change] = self.records
        if change.after is None:
            raise ValueError("the record is deleted")
        return change.after

    @property
    def seat_request_after(self) -> SeatRequest:
        """Return the request for seats as it is afterwards; raises TypeError for changes without one."""
        if self.seat_request is None:
            raise TypeError("no request for seats")
        return self.seat_request.after

    @property
    def group(self) -> Group:
        """Return the group that the command was about; raises TypeError for changes of none."""
        if self.groups is None:
            raise TypeError("no group")
        return self.groups.group

    def account_after(self, before: Account) -> Account:
        """Return the account as it is afterwards."""
        return self.account.after if self.account else before

    def identity_after(self, before: Identity) -> Identity:
        """Return the identity as it is afterwards."""
        return self.identity.after if self.identity else before

    @property
    def counters(self) -> CounterDelta:
        """Return how the account's counters move."""
        delta = CounterDelta.sum(CounterDelta.between(change.before, change.after) for change in self.users)
        created = sum(change.before is None for change in self.teams)
        deleted = sum(change.before != change.after and change.after.deleted_at is not None for change in self.teams)
        return delta._replace(teams=created - deleted)

    @property
    def team(self) -> Team:
        """Return the one team that was changed, as it is afterwards; raises ValueError if there are more, or none."""
        [change] = self.teams
        return change.after
