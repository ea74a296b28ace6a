"""Where every run begins: two accounts with few seats, and people in every state."""

import copy
from datetime import UTC, datetime
from functools import cache
from typing import Any

from tests import factories
from tests.proofs import moments, snapshots
from tests.proofs.model.background import Background
from tests.proofs.model.choices import PEOPLE
from tests.proofs.model.links import TERMS
from tests.proofs.model.values import OPERATOR, Command, Identity
from tests.proofs.snapshots import Snapshot

ADDRESSES = {address.partition("@")[0]: address for address in PEOPLE}
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000  # milliseconds
EDITOR: dict[str, Any] = {"permissions": {"allow": ["users.invite", "users.edit"]}}
BEGIN = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)  # So that what is told ends in a day that is young.


def beginning() -> Background:
    """The world as it is then, and the play in it."""
    snapshot, play = _prepared()
    snapshots.put_back(snapshot)
    moments.stand_at(play.model.now)
    return copy.deepcopy(play)


@cache
def _prepared() -> tuple[Snapshot, Background]:
    play = Background(BEGIN)
    factories.an_operator(OPERATOR)
    play.model.identities[OPERATOR] = Identity(
        made=1, password=factories.PASSWORD, proven=True, first_name="Olga", last_name="Operator"
    )
    play.agree()
    for account_id, seats, name in (("ab123", 7, "ann"), ("cd456", 6, "zoe")):
        _open(play, account_id, seats, name)
        play.regroup(account_id)
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
    """People have joined, declined, left, let invitations expire; some wait, for one whose inviter is gone."""
    for name, role in (("bob", {"admin": True}), ("sam", {"groups": ["sales"]}), ("rob", {}), ("una", EDITOR)):
        _invite(play, "ann", name, **role)
        _sign_up(play, "ab123", name, channel="copied" if name == "sam" else "mailed")
    _do(play, "deactivate", "ann", "sam")
    _do(play, "remove", "ann", "rob")
    _invite(play, "zoe", "kim", account_id="cd456")
    _sign_up(play, "cd456", "kim", channel="copied")
    _invite(play, "ann", "eve")
    _invite(play, "zoe", "rob", account_id="cd456")
    play.wait(2 * HOUR)
    _invite(play, "ann", "lee")
    _invite(play, "zoe", "eve", account_id="cd456")
    _invite(play, "ann", "max")
    play.give(Command("decline", link=f"ab123/{ADDRESSES['max']}/1/mailed"))
    _invite(play, "zoe", "una", account_id="cd456")
    play.give(Command("decline", link=f"cd456/{ADDRESSES['una']}/1/copied"))
    play.wait(2 * DAY)
    _invite(play, "ann", "zoe")  # Whom the next sweep reminds.
    play.wait(DAY)
    _invite(play, "zoe", "bob", account_id="cd456", admin=True)
    play.give(Command("join", by=ADDRESSES["bob"], link=f"cd456/{ADDRESSES['bob']}/1/mailed", body={}))
    _invite(play, "bob", "max", account_id="cd456")
    play.wait(4 * DAY - HOUR)
    play.expire()  # Of those whose seven days are over; the others' last hour is still to come.
    play.wait(HOUR)
    play.rescue()  # Of all mails so far.
    _send_often(play)
    _do(play, "revoke", "zoe", "max", account_id="cd456")
    _invite(play, "bob", "lee", account_id="cd456")
    _do(play, "deactivate", "zoe", "bob", account_id="cd456")


def _send_often(play: Background) -> None:
    """As often as may be on one day; and somebody has asked for a new link on it."""
    _invite(play, "bob", "kim")
    body = {"first_name": "Sam", "last_name": "Early", "email": ADDRESSES["sam"]}
    for _ in range(5):
        play.give(Command("invite_administrator", by=OPERATOR, account="cd456", body=body))
        play.wait(MINUTE)
        _do(play, "resend", "ann", "kim")
        _do(play, "resend", "zoe", "max", account_id="cd456")
    play.give(Command("invite_administrator", by=OPERATOR, account="cd456", body=body))
    play.give(Command("request_new", link=f"cd456/{ADDRESSES['eve']}/1/mailed"))


def _do(play: Background, command: str, by: str, whom: str, *, account_id: str = "ab123") -> None:
    answer = play.give(Command(command, by=f"{by}@example.org", account=account_id, whom=ADDRESSES[whom]))
    assert answer.code is None, answer


def _invite(play: Background, by: str, name: str, *, account_id: str = "ab123", **role: Any) -> None:
    invited = {"first_name": name.capitalize(), "last_name": "Early", "email": ADDRESSES[name]}
    body = invited | {"groups": ["everyone"]} | role
    answer = play.give(Command("invite", by=f"{by}@example.org", account=account_id, body=body))
    assert answer.code is None


def _sign_up(play: Background, account_id: str, name: str, *, channel: str = "mailed") -> None:
    body = {"first_name": name.capitalize(), "last_name": "Early", "password": factories.PASSWORD}
    body |= {"security_question": "First pet?", "security_answer": "Rex", "terms_version": TERMS}
    answer = play.give(Command("accept", link=f"{account_id}/{ADDRESSES[name]}/1/{channel}", body=body))
    assert answer.code is None
