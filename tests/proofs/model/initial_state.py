"""Where every walk begins: two accounts with few seats, and people in every status."""

import copy
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from shared.domain.model.values import iso
from tests import factories
from tests.proofs import snapshots
from tests.proofs.model.command import HOST, OPERATOR, Command
from tests.proofs.model.draws import PEOPLE
from tests.proofs.model.stream_steps import StreamWalk
from tests.proofs.snapshots import KeptState

ADDRESSES = {address.partition("@")[0]: address for address in PEOPLE}
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000  # milliseconds
EDITOR: dict[str, Any] = {"permissions": {"allow": ["users.invite", "users.edit"]}}
BEGIN = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)  # So that it ends early in a day, whose mails are counted.


def initial_walk() -> StreamWalk:
    """Put the tables back to the initial state, and return a walk that goes on from there."""
    snapshot, walk = _prepared()
    snapshots.put_back(snapshot)
    mine = copy.copy(walk)
    mine.met, mine.keyed, mine.answered = walk.met.copy(), [], {}
    mine.resume()
    return mine


@cache
def _prepared() -> tuple[KeptState, StreamWalk]:
    walk = StreamWalk(BEGIN)
    factories.an_operator(OPERATOR)
    walk.resume()
    for account_id, seats, name in (("ab123", 7, "ann"), ("cd456", 6, "zoe")):
        admin = {"first_name": name.capitalize(), "last_name": "Admin", "email": f"{name}@example.org"}
        body = {"account_id": account_id, "name": f"Account {account_id}", "seats": seats, "admin": admin}
        walk.do(Command("open_account", by=OPERATOR, body=body))
        _accept(walk, account_id, name)
    for name in ("Sales", "Support"):
        body = {"name": name, "permissions": ["contacts.view", "users.invite"]}
        walk.do(Command("create_group", by=ADDRESSES["ann"], account="ab123", body=body))
    _join_and_leave(walk)
    _reach_limits(walk)
    _let_a_partner_join(walk)
    walk.met.clear()
    return snapshots.keep(), walk


def _join_and_leave(walk: StreamWalk) -> None:
    """People join, decline, leave, and let invitations expire; some wait."""
    for name, role in (("bob", {"admin": True}), ("sam", {}), ("rob", {}), ("una", EDITOR)):
        _invite(walk, "ann", name, **role)
        _accept(walk, "ab123", name, channel="copied" if name == "sam" else "mailed")
    _act(walk, "deactivate", "ann", "sam")
    _act(walk, "remove", "ann", "rob")
    people = {"managers": [f"&{ADDRESSES['bob']}"], "users": [f"&{ADDRESSES['una']}", f"&{ADDRESSES['ann']}"]}
    team = Command("create_team", by=ADDRESSES["ann"], account="ab123", body={"name": "Field", **people})
    assert walk.do(team).code is None
    for record, owner, status in (
        ("contact/c-1", "una", None),
        ("task/t-1", "bob", "pending"),
        ("task/t-2", "una", "completed"),
    ):
        body = {"owner_id": f"&{ADDRESSES[owner]}", "status": status, "title": "A"}
        assert walk.do(Command("put_record", by=HOST, account="ab123", record=record, body=body)).code is None
    _invite(walk, "zoe", "kim", account_id="cd456")
    _accept(walk, "cd456", "kim", channel="copied")
    _invite(walk, "ann", "eve")
    _invite(walk, "zoe", "rob", account_id="cd456")
    walk.wait(2 * HOUR)
    _invite(walk, "ann", "lee")
    _invite(walk, "zoe", "eve", account_id="cd456")
    _invite(walk, "ann", "max")
    walk.do(Command("decline", link=f"ab123/{ADDRESSES['max']}/1/mailed"))
    _invite(walk, "zoe", "una", account_id="cd456")
    walk.do(Command("decline", link=f"cd456/{ADDRESSES['una']}/1/copied"))
    walk.wait(2 * DAY)
    _invite(walk, "ann", "zoe")  # Who is due for a reminder when the walk begins.
    walk.wait(DAY)
    _invite(walk, "zoe", "bob", account_id="cd456", admin=True)
    walk.do(Command("join", by=ADDRESSES["bob"], link=f"cd456/{ADDRESSES['bob']}/1/mailed"))
    _invite(walk, "bob", "max", account_id="cd456")
    walk.wait(4 * DAY - HOUR)
    walk.sweep_invitations()  # Of those whose seven days are over; the others have an hour left.
    walk.wait(HOUR)
    walk.rescue_mails()


def _let_a_partner_join(walk: StreamWalk) -> None:
    """A partner owns a record, so that they cannot leave at once."""
    body = {"partner_type": "expert_coach", "first_name": "Pat", "last_name": "Porter"}
    assert walk.do(Command("certify", by=OPERATOR, email=ADDRESSES["max"], body=body)).code is None
    partner = {"kind": "partner", "email": ADDRESSES["max"], "groups": ["everyone"]}
    assert walk.do(Command("invite", by=ADDRESSES["ann"], account="ab123", body=partner)).code is None
    _accept(walk, "ab123", "max", generation=2)
    record = {"owner_id": f"&{ADDRESSES['max']}", "title": "A"}
    assert walk.do(Command("put_record", by=HOST, account="ab123", record="contact/c-2", body=record)).code is None


def _reach_limits(walk: StreamWalk) -> None:
    """Send links as often as one day allows; some leave, are blocked, or have an hour of access left."""
    _invite(walk, "bob", "kim")
    body = {"first_name": "Sam", "last_name": "Early", "email": ADDRESSES["sam"]}
    for _ in range(5):
        walk.do(Command("invite_administrator", by=OPERATOR, account="cd456", body=body))
        walk.wait(MINUTE)
        _act(walk, "resend", "ann", "kim")
        _act(walk, "resend", "zoe", "max", account_id="cd456")
    walk.do(Command("invite_administrator", by=OPERATOR, account="cd456", body=body))
    walk.do(Command("request_new", link=f"cd456/{ADDRESSES['eve']}/1/mailed"))
    _act(walk, "revoke", "zoe", "max", account_id="cd456")
    _invite(walk, "bob", "lee", account_id="cd456")
    _act(walk, "deactivate", "zoe", "bob", account_id="cd456")
    _act(walk, "block", "zoe", "kim", account_id="cd456", reason="security")
    _act(walk, "edit", "ann", "una", access_until=iso(walk.state.now + timedelta(hours=1)))


def _act(walk: StreamWalk, command: str, by: str, user: str, *, account_id: str = "ab123", **body: Any) -> None:
    answer = walk.do(Command(command, by=f"{by}@example.org", account=account_id, user=ADDRESSES[user], body=body))
    assert answer.code is None, answer.text


def _invite(walk: StreamWalk, by: str, name: str, *, account_id: str = "ab123", **role: Any) -> None:
    body = {"first_name": name.capitalize(), "last_name": "Early", "email": ADDRESSES[name], "groups": ["everyone"]}
    answer = walk.do(Command("invite", by=f"{by}@example.org", account=account_id, body=body | role))
    assert answer.code is None, answer.text


def _accept(walk: StreamWalk, account_id: str, name: str, *, channel: str = "mailed", generation: int = 1) -> None:
    body = factories.acceptance("", first_name=name.capitalize(), last_name="Early")
    del body["token"]
    answer = walk.do(Command("accept", link=f"{account_id}/{ADDRESSES[name]}/{generation}/{channel}", body=body))
    assert answer.code is None, answer.text
