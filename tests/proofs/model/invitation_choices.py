"""What to try next on invitations: people and roles, batches, and links."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from shared.domain.model.users import END_TOLD_BEFORE
from shared.domain.model.values import iso
from tests.proofs.model.command import MALFORMED, OPERATOR, Command
from tests.proofs.model.draws import ACCOUNTS, PEOPLE, Draw, a_target, an_actor, callers, state_of, usually
from tests.proofs.model.state import MILLISECOND

SPELLINGS = {
    "lee@example.org": ("lee@example.org", "Lee@Example.ORG"),
    "kim@xn--bcher-kva.example": ("kim@bücher.example", "Kim@xn--bcher-kva.example"),
}
ROLES: dict[str, dict[str, Any]] = {
    "user": {"groups": ["everyone"]},
    "admin": {"admin": True},
    "administrators": {"groups": ["administrators", "everyone"]},
    "inviter": {"groups": ["everyone"], "permissions": {"allow": ["users.invite", "journal.view"]}},
    "exporter": {"groups": ["everyone"], "permissions": {"allow": ["contacts.export"]}},
    "german": {"groups": ["everyone"], "locale": "de"},
    "no view": {"groups": ["everyone"], "permissions": {"deny": ["users.view"]}},
    "sales": {"groups": ["@Sales"]},
    "group editor": {"groups": ["@Support", "everyone"], "permissions": {"allow": ["groups.edit"]}},
    "partner": {"kind": "partner", "groups": ["everyone"]},
    "partner and admin": {"kind": "partner", "admin": True},
    "nothing": {},
    "no such group": {"groups": ["no-such-group"]},
}
TERMS = "2026-11-01"
NAMES = {"first_name": "Lee", "last_name": "Sherron"}
# With users of which status each can succeed, and of which there are few: they are worth more tries than the others.
WORTH = {
    "invite": {"none": 3, "declined": 2, "removed": 2, "overdue": 2, "active": 2, "blocked": 2},
    "invite_administrator": {"blocked": 2, "none": 2, "overdue": 2, "expired": 2, "declined": 2, "removed": 2},
    "clone": {"overdue": 2, "invited": 2, "active": 2, "blocked": 2},
    "get_user": {"overdue": 2},
    "request_new": {"overdue": 2, "expired": 2},
}
WORTH_OF_LINKS = {"invited": 4, "overdue": 2}


def draw_invite(draw: Draw, name: str) -> Command:
    """Draw someone who may invite, mostly, and an address as people write it."""
    if name == "open_account":
        new = [account for account in ACCOUNTS if account not in state_of(draw).accounts]
        account = usually(draw, new, [*ACCOUNTS, MALFORMED], often=12)
        admin = NAMES | {"email": draw(st.sampled_from(PEOPLE))}
        seats = draw(st.integers(1, 3))
        body = {"account_id": account, "name": f"Account {account}", "seats": seats, "admin": admin}
        return Command(name, by=usually(draw, [OPERATOR], callers(), often=15), body=body)
    account, address = a_target(draw, WORTH[name])
    if name == "invite_administrator":
        body = NAMES | {"email": draw(st.sampled_from(SPELLINGS.get(address, (address,))))}
        return Command(name, by=usually(draw, [OPERATOR], callers(), often=15), account=account, body=body)
    body = _row(draw, address)
    body |= usually(draw, [{}], [{"notify": ["boss@example.org", "Boss@example.org", "chief@example.org"]}], often=15)
    return Command(name, by=an_actor(draw, account), account=account, body=body)


def _row(draw: Draw, address: str) -> dict[str, Any]:
    """Draw what an invitation says of the person: mostly of a user, or of a partner whom staff have certified."""
    row: dict[str, Any] = {"email": draw(st.sampled_from(SPELLINGS.get(address, (address,))))}
    partners = ["partner", "partner", "partner and admin"] * 8 if state_of(draw).is_certified(address) else []
    role = ROLES[draw(st.sampled_from([*["user", "admin", "inviter"] * 6, *ROLES, *partners]))]
    row |= role if role.get("kind") == "partner" else NAMES | role
    row |= usually(draw, [{}], [{"last_name": None}], often=15)
    row |= usually(draw, [{}], access_ends(draw), often=14)
    return row


def draw_batch(draw: Draw, name: str) -> Command:
    """Draw a batch of a few people, rarely one of them twice; some batches are only judged."""
    account = a_target(draw, WORTH["invite"])[0]
    addresses = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3))
    addresses += usually(draw, [[]], [addresses[:1]], often=11)
    body: dict[str, Any] = {"users": [_row(draw, address) for address in addresses]}
    body |= usually(draw, [{}], [{"dry_run": True}, {"notify": ["boss@example.org"]}], often=13)
    return Command(name, by=an_actor(draw, account), account=account, body=body)


def with_link(draw: Draw, name: str) -> Command:
    """Draw a link that was made, mostly the newest of its user; rarely a forged one."""
    account, address = a_target(draw, WORTH.get(name, WORTH_OF_LINKS), linked=True)
    newest = state_of(draw).users[account, address]["invitation"]["generation"]
    generation = usually(draw, [newest], range(1, newest), often=14) if newest > 1 else 1
    channel = draw(st.sampled_from(["mailed", "copied"]))
    forged = usually(draw, [""], ["~channel", "~generation", "~account", "~mac"], often=15)
    body: dict[str, Any] = {}
    if name in {"accept", "join"}:
        body["terms_version"] = draw(st.sampled_from([TERMS] * 7 + ["2020-01-01"]))
    if name == "accept":
        passwords = [*["Secret77"] * 12, *["Another8"] * 6, "short", "nocapital7", "NoNumber"]
        body |= {"first_name": "Real", "last_name": "Owner", "password": draw(st.sampled_from(passwords))}
        body |= {"security_question": "First pet?", "security_answer": "Rex"}
    by = usually(draw, [address], callers(), often=8) if name == "join" else None
    return Command(name, by=by, link=f"{account}/{address}/{generation}/{channel}{forged}", body=body)


def access_ends(draw: Draw) -> list[dict[str, Any]]:
    """Return ends of access: one that has passed, one that is announced at once, and one that is announced later."""
    now = state_of(draw).now
    ends = (now - MILLISECOND, now + timedelta(hours=3), now + END_TOLD_BEFORE + timedelta(hours=6))
    return [{"access_until": iso(end)} for end in ends]
