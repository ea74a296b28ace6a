"""Where every run begins: two accounts with few seats, each with an administrator who has joined."""

import copy
from datetime import UTC, datetime
from functools import cache

from tests import people
from tests.proofs import moments, snapshots
from tests.proofs.model.background import Background
from tests.proofs.model.links import TERMS
from tests.proofs.model.values import OPERATOR, Command, Identity
from tests.proofs.snapshots import Snapshot

BEGIN = datetime(2026, 11, 21, 12, tzinfo=UTC)


def beginning() -> Background:
    """The world as it is then, and the play in it."""
    snapshot, play = _prepared()
    snapshots.put_back(snapshot)
    moments.stand_at(play.model.now)
    return copy.deepcopy(play)


@cache
def _prepared() -> tuple[Snapshot, Background]:
    play = Background(BEGIN)
    people.an_operator(OPERATOR)
    play.model.identities[OPERATOR] = Identity(
        made=1, password=people.PASSWORD, proven=True, first_name="Olga", last_name="Operator"
    )
    play.agree()
    for account_id, seats, name in (("ab123", 4, "ann"), ("cd456", 3, "zoe")):
        _open(play, account_id, seats, name)
    play.met.clear()
    return snapshots.keep(), play


def _open(play: Background, account_id: str, seats: int, name: str) -> None:
    admin = {"first_name": name.capitalize(), "last_name": "Admin"}
    invited = admin | {"email": f"{name}@example.org"}
    body = {"account_id": account_id, "name": f"Account {account_id}", "seats": seats, "admin": invited}
    play.give(Command("open_account", by=OPERATOR, body=body))
    sign_up = {"password": people.PASSWORD, "security_question": "First pet?", "security_answer": "Rex"}
    link = f"{account_id}/{name}@example.org/1/mailed"
    play.give(Command("accept", link=link, body=admin | sign_up | {"terms_version": TERMS}))
