"""What to try next: mostly what can work in the present state, sometimes anything."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.proofs.faults import Fault
from tests.proofs.model.coverage import state_of
from tests.proofs.model.limits import A_MINUTE, sent_today
from tests.proofs.model.links import TERMS
from tests.proofs.model.rules import Model
from tests.proofs.model.sweeps import INDEX_LAG, REMINDED_BEFORE
from tests.proofs.model.values import MILLISECOND, OPERATOR, Link, User

PEOPLE = (
    "ann@example.org",
    "zoe@example.org",
    "lee@example.org",
    "bob@example.org",
    "sam@example.org",
    "eve@example.org",
    "kim@xn--bcher-kva.example",
    "max@example.org",
    "una@example.org",
    "rob@example.org",
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
    "seller": {"groups": ["sales"]},
    "german": {"groups": ["everyone"], "locale": "de"},
    "blind": {"groups": ["everyone"], "permissions": {"deny": ["users.view"]}},
    "nothing": {},
    "stranger": {"groups": ["no-such-group"]},
}
USUAL_ROLES = ("user", "user", "admin", "admin", "inviter")
GOOD, OTHER = "Secret77", "Another8"
BAD = ("short", "nocapital7", "NoNumber")
FAULTS = [fault for fault in Fault if fault not in {Fault.CONTENDED, Fault.DOWN}]

# With whom each command can succeed: they are worth more tries than the others, which are worth one.
WORTH = {
    "invite": {"none": 3, "declined": 2, "removed": 2, "overdue": 2},
    "invite_administrator": {"none": 2, "overdue": 2, "expired": 2, "declined": 2, "removed": 2},
    "resend": {"invited": 4, "overdue": 2, "expired": 2},
    "copy_link": {"invited": 3},
    "revoke": {"invited": 2, "overdue": 2, "expired": 2},
    "edit": {"invited": 3, "overdue": 2},
    "deactivate": {"active": 2},
    "reactivate": {"inactive": 3},
    "remove": {"active": 2, "inactive": 2},
    "get_user": {"overdue": 2},
    "link": {"invited": 4, "overdue": 2},
    "request_new": {"overdue": 2, "expired": 2},
}

Draw = Callable[[st.SearchStrategy[Any]], Any]
Who = tuple[str, str, str]  # Who acts, in which account, and whom it is about.


@st.composite
def inviting(draw: Draw) -> Who:
    """Somebody who may invite, mostly, and an address as people write it."""
    account, address = _somebody(draw, WORTH["invite"])
    return _actor(draw, account), account, draw(st.sampled_from(SPELLINGS.get(address, (address,))))


@st.composite
def operating(draw: Draw) -> Who:
    """The same for an operator."""
    account, address = _somebody(draw, WORTH["invite_administrator"])
    return _some(draw, [OPERATOR], _callers(), often=15), account, address


@st.composite
def opening(draw: Draw) -> Who:
    """An account that is not there yet, mostly."""
    new = [account for account in ACCOUNTS if account not in model_of(draw).accounts]
    account = _some(draw, new, [*ACCOUNTS, "malformed"], often=12)
    return _some(draw, [OPERATOR], _callers(), often=15), account, draw(st.sampled_from(PEOPLE))


@st.composite
def acting(draw: Draw, what: str = "get_user") -> Who:
    """Somebody who acts on a user of their account, mostly."""
    account, about = _somebody(draw, WORTH[what])
    actor = _actor(draw, account, but=about)
    usual = 13 if what in {"deactivate", "remove"} else 15
    about = _some(draw, [about], (actor, actor, actor, "nobody@example.org", "malformed"), often=usual)
    return actor, _some(draw, [account], (*ACCOUNTS, *ODD_ACCOUNTS), often=15 if what == "get_user" else 16), about


@st.composite
def link(draw: Draw, worth: str = "link") -> str:
    """A link that was made, mostly the newest of its user; rarely a forged one."""
    account, address = _somebody(draw, WORTH[worth], linked=True)
    user = model_of(draw).accounts[account].users[address]
    generation = _some(draw, [user.generation], range(1, user.generation), often=14) if user.generation > 1 else 1
    channel = draw(st.sampled_from(["mailed", "copied"]))
    forged = _some(draw, [""], ["channel", "generation", "account", "cut"], often=15)
    return Link(account, address, generation, channel, forged).name


@st.composite
def settings(draw: Draw) -> tuple[str, str, dict[str, Any]]:
    """Who changes what in which account; a limit is mostly near to what was sent already."""
    account = _account(draw)
    there = model_of(draw).accounts.get(account)
    sent = sent_today(there, model_of(draw).now) if there else 0
    limit = {"daily_mail_limit": draw(st.sampled_from([sent, sent, sent + 1, max(0, sent - 1), 1_000, 1_000]))}
    others: list[dict[str, Any]] = [
        {"invite_profile": "simple", "allow_link_copy": False, "default_group": "everyone"},
        {"invite_profile": "full", "allow_link_copy": True, "default_group": None},
        {"default_group": "sales", "locale": "fr"},
        {"default_group": "administrators"},
        {"default_group": "no-such-group", "allow_link_copy": False},
        {"help_url": "https://help.example.org/", "locale": "en", "allow_link_copy": True},
        {"allow_link_copy": True},
    ]
    return _actor(draw, account), account, draw(st.sampled_from([*[limit] * 8, *others]))


def edits() -> st.SearchStrategy[dict[str, Any]]:
    phone = {"country_code": "+44", "number": "2079460000"}
    names = [{"first_name": "Leigh"}, {"first_name": "Lee", "last_name": "Sherron"}, {"last_name": None}]
    return st.sampled_from([*names, {"phone": phone}, {"phone": None}])


@st.composite
def seen(draw: Draw) -> int:
    """How far the version that an editor has seen is behind; -1: they do not say."""
    return int(_some(draw, [-1, 0], [1], often=13))


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
    ends = {end for account in model.accounts.values() for user in account.users.values() for end in _ends(user)}
    ends.add(model.now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1))
    around = [(end - model.now) // MILLISECOND + step for end in ends for step in (-1, 0, 1)]
    ahead = sorted(milliseconds for milliseconds in around if milliseconds > 0)
    minutes, days = 60_000, 86_400_000
    usual = [1, 999, 15_000, minutes, 15 * minutes, 90_000, 60 * minutes]
    return int(_some(draw, ahead[:9] or usual, [*usual, days, 2 * days], often=8))


def _ends(user: User) -> list[datetime]:
    """When something about this user is no longer as it was."""
    ends = [user.sent_at + A_MINUTE]
    if user.status == "invited":
        ends += [user.expires_at - REMINDED_BEFORE, user.expires_at]
    return [*ends, user.updated_at + INDEX_LAG] if user.has_invitations_to_revoke else ends


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
    return st.sampled_from([*[GOOD] * 12, *[OTHER] * 6, *BAD])


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


def _actor(draw: Draw, account_id: str, *, but: str = "") -> str:
    """An administrator of the account or another active user of it, mostly."""
    account = model_of(draw).accounts.get(account_id)
    users = account.users.values() if account else []
    active = [user for user in users if user.status == "active" and user.address != but]
    admins = [user.address for user in active if user.admin]
    return str(_some(draw, 5 * admins + [user.address for user in active], _callers(), often=15))


def _somebody(draw: Draw, worth: dict[str, int], *, linked: bool = False) -> tuple[str, str]:
    """An account and somebody who is there in a state that is worth it; with a link, or an address that has none."""
    model = model_of(draw)
    by_state: dict[str, list[tuple[str, str]]] = {}
    for account in model.accounts.values():
        for address in account.users if linked else PEOPLE:
            state = state_of(account.users.get(address), model.now)
            by_state.setdefault(state, []).append((account.account_id, address))
    states = [state for state in by_state for _ in range(worth.get(state, 1))]
    account_id, address = draw(st.sampled_from(by_state[draw(st.sampled_from(states))]))
    return account_id, address


def _callers() -> list[str]:
    return [
        *PEOPLE,
        OPERATOR,
        "nobody@example.org",
        "lee@example.org before",
        "bob@example.org before",
        "ann@example.org id",
    ]


def role() -> st.SearchStrategy[str]:
    return st.sampled_from([*USUAL_ROLES * 4, *ROLES])


def rarely() -> st.SearchStrategy[bool]:
    return st.sampled_from([False] * 15 + [True])


@st.composite
def joiner(draw: Draw) -> str:
    """Whoever is invited, mostly."""
    return str(_some(draw, ["the invited"], _callers(), often=10))
