"""What a command sees before it decides: read at one moment, and checked to be unchanged when the decision is saved."""

from datetime import datetime
from typing import NamedTuple

from shared.domain.accounts import Account
from shared.domain.actors import Actor
from shared.domain.callers import Request
from shared.domain.commands import Command
from shared.domain.groups import Groups
from shared.domain.identities import Identity
from shared.domain.users import User


class Scene(NamedTuple):
    """One account, who acts in it, and whom it is about (`user_id`; `user` if there is one).

    The command rests on the rights of `warrantor`: the acting user, or the inviter of whoever joins. Saving fails if
    that user has changed since. `is_repeat` tells that this very request has succeeded before, of an answer that is
    not kept: it is to be given anew, and nothing else.
    """

    account: Account
    groups: Groups
    actor: Actor
    user_id: str
    user: User | None
    warrantor: User | None
    request: Request
    is_repeat: bool = False

    def command(self, now: datetime) -> Command:
        """The circumstances of what is decided on this scene."""
        return Command(by=self.actor, operation=self.request.operation, now=now)


class Invited(NamedTuple):
    """What the holder of a genuine link meets: the scene, in which the invited user acts, and their identity, if any.

    The warrantor of the scene is the inviter; an operator has none.
    """

    scene: Scene
    user: User
    identity_id: str
    identity: Identity | None
