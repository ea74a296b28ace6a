"""What to try next: mostly what can work in the present state, sometimes anything."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from tests.proofs.faults import Fault
from tests.proofs.model.rules import Model
from tests.proofs.model.ground import DEFECTS
from tests.proofs.model.values import MILLISECOND, OPERATOR, Command, Link, User

PEOPLE = ("ann@example.org", "zoe@example.org", "lee@example.org", "bob@example.org", "kim@xn--bcher-kva.example")
SPELLINGS = {
    "lee@example.org": ("lee@example.org", "Lee@Example.ORG"),
    "kim@xn--bcher-kva.example": ("kim@bücher.example", "Kim@xn--bcher-kva.example"),
}
ACCOUNTS = ("ab123", "cd456", "ef789")
ODD_ACCOUNTS = ("zz000", "malformed")
ROLES: dict[str, dict[str, Any]] = {
    "user": {"groups": ["everyone"]},
    "admin": {"admin": True},
    "administrators": {"groups": ["administrators", "everyone"]},
    "inviter": {"groups": ["everyone"], "permissions": {"allow": ["users.invite", "journal.view"]}},
    "exporter": {"groups": ["everyone"], "permissions": {"allow": ["contacts.export"]}},
    "blind": {"groups": ["everyone"], "permissions": {"deny": ["users.view"]}},
    "nothing": {},
    "stranger": {"groups": ["no-such-group"]},
}
GOOD, OTHER = "Secret77", "Another8"
BAD = ("short", "nocapital7", "NoNumber")
FAULTS = [fault for fault in Fault if fault not in {Fault.CONTENDED, Fault.DOWN}]

Draw = Callable[[st.SearchStrategy[Any]], Any]


@st.composite
def in_account(draw: Draw) -> str:
    """An account's id."""
    model = model_of(draw)
    return _some(draw, list(model.accounts), ACCOUNTS + ODD_ACCOUNTS, often=15)


@st.composite
def actor(draw: Draw) -> str:
    """A caller of a command for administrators: somebody who is active somewhere, mostly."""
    model = model_of(draw)
    active = [user for account in model.accounts.values() for user in account.users.values() if user.status == "active"]
    admins = [user.address for user in active if user.admin]
    return _some(draw, 2 * admins + [user.address for user in active], _callers(), often=12)


@st.composite
def operator(draw: Draw) -> str:
    """A caller of an operator's command."""
    return _some(draw, [OPERATOR], _callers(), often=12)


@st.composite
def anybody(draw: Draw) -> str:
    """A caller of what everybody may ask."""
    return str(draw(st.sampled_from(_callers())))


@st.composite
def address(draw: Draw) -> str:
    """An address to invite, as somebody would write it."""
    chosen = draw(st.sampled_from(PEOPLE))
    return str(draw(st.sampled_from(SPELLINGS.get(chosen, (chosen,)))))


@st.composite
def user(draw: Draw) -> str:
    """Whom a command is about."""
    return _some(draw, PEOPLE, (OPERATOR, "nobody@example.org", "malformed"), often=14)


@st.composite
def link(draw: Draw) -> str:
    """A link that was made: mostly one of the newest, rarely a forged one."""
    model = model_of(draw)
    invited = [(account.account_id, user) for account in model.accounts.values() for user in account.users.values()]
    alive = [one for one in invited if one[1].at(model.now) == "invited"]
    account, about = _some(draw, alive, invited, often=10)
    channel = draw(st.sampled_from(["mailed", "mailed", "copied"]))
    forged = _some(draw, [""], ["channel", "generation", "account", "cut"], often=15)
    return Link(account, about.address, _generation(draw, about), channel, forged).name


@st.composite
def fault(draw: Draw) -> tuple[str, int] | None:
    """What strikes which AWS call of the command: nothing, mostly."""
    if draw(st.integers(0, 9)):
        return None
    return draw(st.sampled_from(FAULTS)).name, draw(st.integers(0, 9))


@st.composite
def moment(draw: Draw) -> int:
    """Milliseconds to let pass: up to, or around, the end of an invitation that waits; or any time."""
    model = model_of(draw)
    ends = {user.expires_at for account in model.accounts.values() for user in account.users.values()}
    around = [(end - model.now) // MILLISECOND + step for end in ends for step in (-1, 0, 1)]
    ahead = sorted(milliseconds for milliseconds in around if milliseconds > 0)
    minutes, days = 60_000, 86_400_000
    usual = [1, 999, 15_000, minutes, 15 * minutes, 90_000, 60 * minutes]
    return int(_some(draw, ahead[:6] or usual, [*usual, days, 2 * days], often=6))


def key() -> st.SearchStrategy[str | None]:
    """An Idempotency-Key, often the same one again."""
    return st.sampled_from([None, None, None, "key-1", "key-2"])


def numbers() -> st.SearchStrategy[list[int]]:
    """Which of the pending records are delivered: some of them, some twice, in any order."""
    return st.lists(st.integers(0, 9), min_size=1, max_size=4)


def password() -> st.SearchStrategy[str]:
    return st.sampled_from([GOOD, GOOD, GOOD, OTHER, OTHER, *BAD])


def model_of(draw: Draw) -> Model:
    """The model of the machine that asks."""
    model: Model = draw(st.runner()).model
    return model


def _some(draw: Draw, usual: Sequence[Any], odd: Sequence[Any], *, often: int) -> Any:
    """One of the usual ones, `often` times out of 16."""
    is_usual = draw(st.integers(0, 15)) < often
    return draw(st.sampled_from(list(usual) if is_usual and usual else list(odd)))


def _callers() -> list[str]:
    return [*PEOPLE, OPERATOR, "nobody@example.org", "lee@example.org before", "bob@example.org before", "ann@example.org id"]


def _generation(draw: Draw, about: User) -> int:
    return int(_some(draw, [about.generation], range(1, about.generation + 1), often=13))


SPOILABLE = ("invite", "accept", "join", "deactivate", "open_account")


def rarely() -> st.SearchStrategy[bool]:
    return st.sampled_from([False] * 7 + [True])


@st.composite
def joiner(draw: Draw) -> str:
    """Whoever is invited, mostly."""
    return _some(draw, ["the invited"], _callers(), often=12)


def another(command: Command) -> Command:
    """Another request of the same kind."""
    body = dict(command.body)
    match command.name:
        case "deactivate":
            body["reassign_to"] = None
        case "join":
            body = {} if body else {"terms_version": "2026-11-01"}
        case _:
            body["name" if command.name == "open_account" else "first_name"] = "Another"
    return replace(command, body=body)


def spoiled(what: str, defect: str, *, by: str, link: str) -> Command:
    """A command whose body breaks on its way."""
    body = {"first_name": "Lee", "email": "lee@example.org"}
    match what:
        case "accept":
            return Command(what, link=link, body={}, defect=defect)
        case "join":
            return Command(what, by=by, link=link, body={}, defect=defect)
        case "open_account":
            return Command(what, by=by, body=body, defect=defect)
    whom = "lee@example.org" if what == "deactivate" else None
    return Command(what, by=by, account="ab123", whom=whom, body={} if whom else body, defect=defect)
