"""What there is, who may enter, and what every command leaves behind."""

import math
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.proofs.model import moves
from tests.proofs.model.values import (
    OPERATOR,
    Account,
    Answer,
    Command,
    Entry,
    Identity,
    Mail,
    Memory,
    Refused,
    User,
    caller_of,
)

KEYS_KEPT = timedelta(hours=24)
STREAM_HAS = timedelta(minutes=1)  # Before the outbox's sweep takes a mail up.

DEFECTS = {
    "not json": (400, "malformed_json"),
    "too large": (413, "body_too_large"),
    "unknown field": (422, "invalid_request"),
    "bad key": (422, "invalid_request"),
}


def need(holds: object, status: int, code: str, **details: Any) -> None:
    """Refuses unless it holds."""
    if not holds:
        raise Refused(status, code, **details)


class Ground:
    """What there is, who may enter, and what every command leaves behind."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.accounts: dict[str, Account] = {}
        self.identities: dict[str, Identity] = {}
        self.mails: list[Mail] = []
        self.memories: dict[tuple[object, ...], Memory] = {}

    def answer(self, command: Command) -> Answer:
        """What the command is answered; a refused one has changed nothing."""
        try:
            self._require_sound(command)
            answer: Answer = getattr(self, command.name)(command)
        except Refused as refused:
            return Answer(refused.status, refused.code, refused.why, refused.details)
        return answer

    def _require_sound(self, command: Command) -> None:
        if command.by:
            need(caller_of(command.by)[1] != "id", 401, "unauthorized")
        need("malformed" not in (command.account, command.whom), 404, "not_found")
        if command.defect:
            raise Refused(*DEFECTS[command.defect])
        need(command.body.get("account_id") != "malformed", 422, "invalid_request")

    def identity_of(self, by: str) -> str:
        """The caller's address, if their token is of the one valid sign-in."""
        address, kind = caller_of(by)
        identity = self.identities.get(address, Identity())
        need(identity.made and kind == "now", 401, "unauthorized")
        return address

    def entered(self, command: Command) -> tuple[Account, User]:
        """The account and its active user who acts; it does not exist for anybody else."""
        address = self.identity_of(command.by or "")
        account = self.accounts.get(command.account or "")
        actor = account.users.get(address) if account else None
        if account is None or actor is None or actor.status != "active":
            raise Refused(404, "not_found")
        return account, actor

    def about(self, command: Command) -> tuple[Account, User, User]:
        """The account, who acts in it, and whom the command names."""
        account, actor = self.entered(command)
        user = account.users.get(command.whom or "")
        if user is None:
            raise Refused(404, "not_found")
        return account, actor, user

    def require_may(self, command: Command, account: Account, actor: User, user: User) -> None:
        """The guard of the command by which it is also offered, or not."""
        may = moves.ACTION_GUARDS[command.name](account, actor, user)
        is_self = actor is user and command.name in {"deactivate", "remove"} and actor.admin
        need(may or is_self, 403, "not_allowed")
        need(not is_self, 409, "cannot_act_on_self")

    def moved(self, command: str, account: Account, user: User, *, to: User) -> str:
        """Where the command leads; refused with what would be possible for the one who gives it."""
        status = user.at(self.now)
        if status not in moves.TRANSITIONS[command]:
            actions = moves.offered(account, user, status, to=to)
            raise Refused(409, "wrong_state", user_status=status, allowed_actions=actions)
        return moves.TRANSITIONS[command][status]

    def remembered(self, command: Command) -> Memory | None:
        """What is still known of this Idempotency-Key."""
        memory = self.memories.get(scope(command)) if command.key else None
        if memory is None or self.now >= memory.until:
            return None
        need(memory.body == (command.link, command.body), 422, "idempotency_key_reused")
        return memory

    def remember(self, command: Command) -> None:
        """A success, for a day and to the end of a second."""
        if command.key:
            until = datetime.fromtimestamp(math.ceil((self.now + KEYS_KEPT).timestamp()), UTC)
            self.memories[scope(command)] = Memory((command.link, command.body), until)

    def write(self, account: Account, kind: str, *, actor: str, about: str | None) -> None:
        account.journal.append(Entry(self.now, kind, actor, about))

    def post(self, account: Account, user: User, kind: str, to: str) -> None:
        inviter = None if user.invited_by == OPERATOR else user.invited_by
        about = (kind, account.account_id, user.address, user.generation, inviter, to)
        self.mails.append(Mail(*about, queued_at=self.now, due_at=self.now + STREAM_HAS))

    def tell_inviter(self, account: Account, user: User, kind: str) -> None:
        """Operators have the journal, and get no mail."""
        if user.invited_by != OPERATOR:
            self.post(account, user, kind, user.invited_by)


def scope(command: Command) -> tuple[object, ...]:
    """A key is kept for the caller and the route; where nobody is signed in, for the link."""
    who = caller_of(command.by)[0] if command.by else command.link
    return command.name, who, command.account, command.whom, command.key
