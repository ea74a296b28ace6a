"""What to try next: mostly what can work in the present state, sometimes anything."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from tests.proofs.faults import Fault
from tests.proofs.model.coverage import state_of
from tests.proofs.model.links import TERMS
from tests.proofs.model.rules import Model
from tests.proofs.model.values import MILLISECOND, OPERATOR, Command, Link

PEOPLE = (
    "ann@example.org",
    "zoe@example.org",
    "lee@example.org",
    "bob@example.org",
    "sam@example.org",
    "eve@example.org",
    "kim@xn--bcher-kva.example",
)
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
USUAL_ROLES = ("user", "user", "admin", "admin", "inviter")
GOOD, OTHER = "Secret77", "Another8"
BAD = ("short", "nocapital7", "NoNumber")
FAULTS = [fault for fault in Fault if fault not in {Fault.CONTENDED, Fault.DOWN}]

# How much the users of each state are worth trying something with.
INVITED_FIRST = {"none": 8, "invited": 2, "overdue": 20, "expired": 6, "active": 1, "inactive": 3}
WAITING_FIRST = {"invited": 9, "overdue": 6, "expired": 3, "active": 1, "inactive": 3}
ACTIVE_FIRST = {"none": 1, "invited": 2, "overdue": 20, "expired": 6, "active": 5, "inactive": 2}

Draw = Callable[[st.SearchStrategy[Any]], Any]
Who = tuple[str, str, str]  # Who acts, in which account, and whom it is about.


@st.composite
def inviting(draw: Draw) -> Who:
    """Somebody who may invite, mostly, and an address as people write it."""
    account = _account(draw)
    address = _about(draw, account, INVITED_FIRST)
    return _actor(draw, account), account, draw(st.sampled_from(SPELLINGS.get(address, (address,))))


@st.composite
def operating(draw: Draw) -> Who:
    """The same for an operator."""
    account = _account(draw)
    return _some(draw, [OPERATOR], _callers(), often=14), account, _about(draw, account, INVITED_FIRST)


@st.composite
def opening(draw: Draw) -> Who:
    """An account that is not there yet, mostly."""
    new = [account for account in ACCOUNTS if account not in model_of(draw).accounts]
    account = _some(draw, new, [*ACCOUNTS, "malformed"], often=12)
    return _some(draw, [OPERATOR], _callers(), often=14), account, draw(st.sampled_from(PEOPLE))


@st.composite
def acting(draw: Draw) -> Who:
    """Somebody who acts on a user of their account, mostly."""
    account = _account(draw)
    actor, about = _actor(draw, account), _about(draw, account, ACTIVE_FIRST)
    another = about if about != actor else _about(draw, account, ACTIVE_FIRST)
    return actor, account, _some(draw, [another], ("nobody@example.org", "malformed"), often=15)


@st.composite
def link(draw: Draw) -> str:
    """A link that was made, mostly the newest of its user; rarely a forged one."""
    accounts = list(model_of(draw).accounts)
    account = draw(st.sampled_from(accounts))
    address = _about(draw, account, WAITING_FIRST)
    user = model_of(draw).accounts[account].users[address]
    generation = _some(draw, [user.generation], range(1, user.generation), often=12) if user.generation > 1 else 1
    channel = draw(st.sampled_from(["mailed", "copied"]))
    forged = _some(draw, [""], ["channel", "generation", "account", "cut"], often=15)
    return Link(account, address, generation, channel, forged).name


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


def names() -> st.SearchStrategy[dict[str, str]]:
    """What somebody may call themselves, half of it, or nothing."""
    either = st.sampled_from(
        [{"first_name": "Real"}, {"first_name": "Leo"}, {"last_name": "Owner"}, {"last_name": "X"}]
    )
    return st.one_of(either, either, st.just({"first_name": "Leo", "last_name": "X"}), st.just({}))


def numbers() -> st.SearchStrategy[list[int]]:
    """Which of the pending records are delivered: some of them, some twice, in any order."""
    return st.lists(st.integers(0, 9), min_size=1, max_size=4)


def terms() -> st.SearchStrategy[str]:
    return st.sampled_from([TERMS] * 7 + ["2020-01-01"])


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


def _account(draw: Draw) -> str:
    return str(_some(draw, list(model_of(draw).accounts), (*ACCOUNTS, *ODD_ACCOUNTS), often=15))


def _actor(draw: Draw, account_id: str) -> str:
    """An administrator of the account or another active user of it, mostly."""
    account = model_of(draw).accounts.get(account_id)
    active = [user for user in account.users.values() if user.status == "active"] if account else []
    admins = [user.address for user in active if user.admin]
    return str(_some(draw, 3 * admins + [user.address for user in active], _callers(), often=14))


def _about(draw: Draw, account_id: str, worth: dict[str, int]) -> str:
    """Somebody in a state that is worth it."""
    model = model_of(draw)
    account = model.accounts.get(account_id)
    by_state: dict[str, list[str]] = {}
    for address in PEOPLE:
        user = account.users.get(address) if account else None
        by_state.setdefault(state_of(user, model.now), []).append(address)
    states = [state for state in by_state for _ in range(worth.get(state, 0))]
    return str(draw(st.sampled_from(by_state[draw(st.sampled_from(states))])))


def _callers() -> list[str]:
    return [
        *PEOPLE,
        OPERATOR,
        "nobody@example.org",
        "lee@example.org before",
        "bob@example.org before",
        "ann@example.org id",
    ]


SPOILABLE = ("invite", "accept", "join", "deactivate", "open_account")


def role() -> st.SearchStrategy[str]:
    return st.sampled_from([*USUAL_ROLES, *USUAL_ROLES, *ROLES])


def rarely() -> st.SearchStrategy[bool]:
    return st.sampled_from([False] * 15 + [True])


@st.composite
def joiner(draw: Draw) -> str:
    """Whoever is invited, mostly."""
    return str(_some(draw, ["the invited"], _callers(), often=12))


def another(command: Command) -> Command:
    """Another request of the same kind."""
    body = dict(command.body)
    match command.name:
        case "deactivate":
            body["reassign_to"] = None
        case "join":
            body = {} if body else {"terms_version": TERMS}
        case _:
            body["name" if command.name == "open_account" else "first_name"] = "Another"
    return replace(command, body=body)


def spoiled(what: str, defect: str, *, by: str, account: str) -> Command:
    """A command whose body breaks on its way."""
    body = {"first_name": "Lee", "email": "lee@example.org"}
    match what:
        case "accept":
            return Command(what, link="ab123/ann@example.org/1/mailed", body={}, defect=defect)
        case "join":
            return Command(what, by=by, link="ab123/ann@example.org/1/mailed", body={}, defect=defect)
        case "open_account":
            return Command(what, by=by, body=body, defect=defect)
        case "deactivate":
            return Command(what, by=by, account=account, whom="lee@example.org", defect=defect)
    return Command(what, by=by, account=account, body=body, defect=defect)
