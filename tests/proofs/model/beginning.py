"""Where every run begins: two accounts with few seats, and people in every state."""

import copy
from datetime import UTC, datetime
from functools import cache

from tests import people
from tests.proofs import moments, snapshots
from tests.proofs.model.background import Background
from tests.proofs.model.choices import PEOPLE
from tests.proofs.model.links import TERMS
from tests.proofs.model.values import OPERATOR, Command, Identity
from tests.proofs.snapshots import Snapshot

ADDRESSES = {address.partition("@")[0]: address for address in PEOPLE}
DAY = 86_400_000  # milliseconds
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
    _open(play, "ab123", 5, "ann")
    _open(play, "cd456", 5, "zoe")
    _live(play)
    play.met.clear()
    return snapshots.keep(), play


def _open(play: Background, account_id: str, seats: int, name: str) -> None:
    admin = {"first_name": name.capitalize(), "last_name": "Admin"}
    invited = admin | {"email": f"{name}@example.org"}
    body = {"account_id": account_id, "name": f"Account {account_id}", "seats": seats, "admin": invited}
    play.give(Command("open_account", by=OPERATOR, body=body))
    _sign_up(play, account_id, name)


def _live(play: Background) -> None:
    """People have joined, left, let invitations expire; some wait, one of them for somebody who is no longer there."""
    for name, admin in (("bob", True), ("sam", False)):
        _invite(play, "ann", name, admin=admin)
        _sign_up(play, "ab123", name)
    play.give(Command("deactivate", by="ann@example.org", account="ab123", whom="sam@example.org"))
    _invite(play, "zoe", "kim", account_id="cd456")
    _sign_up(play, "cd456", "kim", channel="copied")
    _invite(play, "ann", "eve")
    play.wait(3 * DAY)
    _invite(play, "bob", "lee")
    _invite(play, "zoe", "bob", account_id="cd456", admin=True)
    play.give(Command("join", by=ADDRESSES["bob"], link=f"cd456/{ADDRESSES['bob']}/1/mailed", body={}))
    _invite(play, "bob", "lee", account_id="cd456")
    play.give(Command("deactivate", by="zoe@example.org", account="cd456", whom=ADDRESSES["bob"]))
    for _ in range(2):
        body = {"first_name": "Sam", "last_name": "Early", "email": ADDRESSES["sam"]}
        play.give(Command("invite_administrator", by=OPERATOR, account="cd456", body=body))
    play.wait(4 * DAY)
    play.expire()


def _invite(play: Background, by: str, name: str, *, account_id: str = "ab123", admin: bool = False) -> None:
    invited = {"first_name": name.capitalize(), "last_name": "Early", "email": ADDRESSES[name]}
    body = invited | {"admin": admin, "groups": ["everyone"]}
    answer = play.give(Command("invite", by=f"{by}@example.org", account=account_id, body=body))
    assert answer.code is None


def _sign_up(play: Background, account_id: str, name: str, *, channel: str = "mailed") -> None:
    body = {"first_name": name.capitalize(), "last_name": "Early", "password": people.PASSWORD}
    body |= {"security_question": "First pet?", "security_answer": "Rex", "terms_version": TERMS}
    answer = play.give(Command("accept", link=f"{account_id}/{ADDRESSES[name]}/1/{channel}", body=body))
    assert answer.code is None
