"""What one strongly consistent read saw: the input of a command, and the scope of its optimistic lock."""

from datetime import datetime
from typing import NamedTuple

from shared.domain.model.accounts import Account
from shared.domain.model.groups import Groups
from shared.domain.model.identities import Identity
from shared.domain.model.users import User
from shared.domain.policy.authorization import Actor
from shared.domain.policy.operation_context import OperationContext
from shared.domain.policy.principals import Request


class Snapshot(NamedTuple):
    """One account, who acts in it, and whom it is about (`user_id`; `user` if there is one).

    `authorizing_user` is the acting user, or the inviter when an invitee joins; the commit fails if they changed since
    the read. `is_repeat`: this request succeeded before and its answer is not stored, so that it is made again, with no
    second effect.
    """

    account: Account
    groups: Groups
    actor: Actor
    user_id: str
    user: User | None
    authorizing_user: User | None
    request: Request
    is_repeat: bool = False

    def context(self, now: datetime) -> OperationContext:
        """Return actor, operation id and time for what is decided on this snapshot."""
        return OperationContext(actor=self.actor, operation_id=self.request.operation, now=now)


class InvitationSnapshot(NamedTuple):
    """The snapshot of a genuine link: the invited user acts in it; with their identity, if any.

    The authorizing_user of the snapshot is the inviter; an operator has none.
    """

    snapshot: Snapshot
    user: User
    identity_id: str
    identity: Identity | None
