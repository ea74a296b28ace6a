"""What to try next: mostly what can work in the present state, sometimes anything."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from shared.domain.model.users import REMINDED_BEFORE
from tests.proofs.faults import Fault
from tests.proofs.model.command import INVALID_REQUESTS, MALFORMED, OPERATOR, ROUTES, Command
from tests.proofs.model.state import MILLISECOND, Row, State

PEOPLE = (
    *(f"{name}@example.org" for name in ("ann", "zoe", "lee", "bob", "sam", "eve", "max", "una", "rob")),
    "kim@xn--bcher-kva.example",
)
SPELLINGS = {
    "lee@example.org": ("lee@example.org", "Lee@Example.ORG"),
    "kim@xn--bcher-kva.example": ("kim@bücher.example", "Kim@xn--bcher-kva.example"),
}
ACCOUNTS = ("ab123", "cd456", "ef789")
ODD_ACCOUNTS = ("zz000", MALFORMED)
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
    "nothing": {},
    "no such group": {"groups": ["no-such-group"]},
}
TERMS = "2026-11-01"
FAULTS = [fault for fault in Fault if fault not in {Fault.CONTENDED, Fault.DOWN}]

NAMES = {"first_name": "Lee", "last_name": "Sherron"}
GROUPS = (None, None, "everyone", "administrators", "no-such-group")
READS = ("list_users", "get_account", "get_access", "list_groups", "list_entries", "get_me")
BY_LINK = ("accept", "join", "decline", "request_new")
BY_ID = ("resend", "copy_link", "revoke", "edit", "block", "unblock", "deactivate", "reactivate", "remove")
GROUP_COMMANDS = ("create_group", "edit_group", "delete_group")
UNKEYED = {
    "set_seats",
    "edit",
    "edit_group",
    "delete_group",
    "change_settings",
    "edit_me",
    "preview",
    "get_user",
    *READS,
}

# How often each command is drawn.
WEIGHTS = dict.fromkeys(ROUTES, 13) | dict.fromkeys(READS, 8) | {"open_account": 2, "edit_me": 4, "get_user": 14}
WEIGHTS |= {"create_group": 5, "edit_group": 9, "delete_group": 7}
WEIGHTS |= {"set_seats": 3, "request_seats": 5, "approve_seats": 3, "deny_seats": 2}
# With users of which status each can succeed, and of which there are few: they are worth more tries than the others.
WORTH = {
    "invite": {"none": 3, "declined": 2, "removed": 2, "overdue": 2, "active": 2, "blocked": 2},
    "invite_administrator": {"blocked": 2, "none": 2, "overdue": 2, "expired": 2, "declined": 2, "removed": 2},
    "resend": {"invited": 4, "overdue": 2, "expired": 2, "blocked": 2},
    "copy_link": {"invited": 3},
    "revoke": {"invited": 2, "overdue": 2, "expired": 2, "blocked": 2},
    "edit": {"invited": 3, "active": 4, "blocked": 2, "overdue": 2},
    "block": {"active": 2},
    "unblock": {"blocked": 3},
    "deactivate": {"active": 2, "blocked": 2},
    "reactivate": {"inactive": 3},
    "remove": {"active": 2, "inactive": 2, "blocked": 2},
    "get_user": {"overdue": 2},
    "request_new": {"overdue": 2, "expired": 2},
}
WORTH_OF_LINKS = {"invited": 4, "overdue": 2}
PHONE = {"country_code": "+44", "number": "2079460000"}
EDITS = ({"first_name": "Leigh"}, NAMES, {"last_name": None}, {"phone": PHONE}, {"phone": None})
RIGHTS: list[dict[str, Any]] = [
    *({"admin": True}, {"admin": False, "groups": ["everyone"]}, {"groups": ["everyone"]}, {"reference": "crm-7"}),
    *({"permissions": {"allow": allow}} for allow in (["users.invite"], ["users.edit", "users.invite"], [])),
    *({"permissions": {"deny": ["users.view"]}}, {"permissions": {"deny": []}}, {"groups": ["no-such-group"]}),
    {"admin": True, "permissions": {"allow": ["users.view"]}},
    *({"groups": ["@Sales"]}, {"groups": ["@Support", "everyone"]}),
]
GROUP_NAMES = ("Sales", "Support", "Everyone", "Administrators", "Marketing")
GROUP_CHANGES: list[dict[str, Any]] = [
    *({"permissions": given} for given in ([], ["contacts.view"], ["users.invite"], ["users.invite", "contacts.view"])),
    *({"description": "Field"}, {"name": "Sales"}, {"permissions": ["contacts.export", "groups.edit"]}),
]
OWN_NAMES: list[dict[str, str]] = [{}, *({"first_name": name} for name in ("Real", "Leo")), {"last_name": "X"}]

Draw = Callable[[st.SearchStrategy[Any]], Any]


@st.composite
def command(draw: Draw) -> Command:
    """Draw any command, mostly one that can succeed, often with an Idempotency-Key that was used before."""
    name = draw(st.sampled_from([name for name, weight in WEIGHTS.items() for _ in range(weight)]))
    match name:
        case "invite" | "invite_administrator" | "open_account":
            drawn = _inviting(draw, name)
        case "preview" | "accept" | "join" | "decline" | "request_new":
            drawn = _with_link(draw, name)
        case "change_settings":
            drawn = _settings(draw)
        case "create_group" | "edit_group" | "delete_group":
            drawn = _on_group(draw, name)
        case "set_seats" | "request_seats" | "approve_seats" | "deny_seats":
            drawn = _on_seats(draw, name)
        case "get_me" | "edit_me":
            body = draw(st.sampled_from(OWN_NAMES)) if name == "edit_me" else {}
            drawn = Command(name, by=_acting(draw, "get_user")[0], body=body)
        case _:
            drawn = _on_user(draw, name)
    keys = ["key-1", "key-2"] if name == "create_group" else [None, None, None, "key-1", "key-2"]
    key = None if name in UNKEYED else draw(st.sampled_from(keys))  # A repeat without a key meets the group's own name.
    return replace(drawn, key=key)


@st.composite
def invalid(draw: Draw) -> Command:
    """Draw a request whose body or header is broken."""
    name = draw(st.sampled_from([*BY_ID, *BY_LINK, "invite", "open_account", "change_settings"]))
    broken = draw(st.sampled_from(sorted(INVALID_REQUESTS)))
    by, account, _ = _acting(draw, "get_user")
    return Command(
        name,
        by=by if name == "join" or name not in BY_LINK else None,
        account=None if name in BY_LINK or name == "open_account" else account,
        user="lee@example.org" if name in BY_ID else None,
        link="ab123/ann@example.org/1/mailed" if name in BY_LINK else None,
        body={} if name in UNKEYED else NAMES | {"email": "lee@example.org"},
        invalid="unknown field" if name in UNKEYED and broken == "malformed key" else broken,
    )


@st.composite
def user_get(draw: Draw) -> Command:
    """Draw a look at a user."""
    return _on_user(draw, "get_user")


def other(command: Command) -> Command:
    """Return another request of the same kind."""
    body = dict(command.body)
    match command.name:
        case "deactivate" | "remove":
            body["reassign_to"] = None
        case "reactivate":
            body["groups"] = ["administrators", "everyone"]
        case "block":
            body["reason"] = "other"
        case "join":
            body = {} if body else {"terms_version": TERMS}
        case "invite" | "accept" | "invite_administrator":
            body["first_name"] = "Other"
        case "open_account":
            body["name"] = "Other"
        case _:
            return replace(command, invalid="unknown field")
    return replace(command, body=body)


def _inviting(draw: Draw, name: str) -> Command:
    """Draw someone who may invite, mostly, and an address as people write it."""
    if name == "open_account":
        new = [account for account in ACCOUNTS if account not in _state(draw).accounts]
        account = _some(draw, new, [*ACCOUNTS, MALFORMED], often=12)
        admin = NAMES | {"email": draw(st.sampled_from(PEOPLE))}
        seats = draw(st.integers(1, 3))
        body = {"account_id": account, "name": f"Account {account}", "seats": seats, "admin": admin}
        return Command(name, by=_some(draw, [OPERATOR], _callers(), often=15), body=body)
    account, address = _target(draw, WORTH[name])
    body = NAMES | {"email": draw(st.sampled_from(SPELLINGS.get(address, (address,))))}
    if name == "invite_administrator":
        return Command(name, by=_some(draw, [OPERATOR], _callers(), often=15), account=account, body=body)
    body |= ROLES[draw(st.sampled_from([*["user", "admin", "inviter"] * 6, *ROLES]))]
    body |= _some(draw, [{}], [{"last_name": None}], often=15)
    body |= _some(draw, [{}], [{"notify": ["boss@example.org", "Boss@example.org", "chief@example.org"]}], often=15)
    return Command(name, by=_actor(draw, account), account=account, body=body)


def _with_link(draw: Draw, name: str) -> Command:
    """Draw a link that was made, mostly the newest of its user; rarely a forged one."""
    account, address = _target(draw, WORTH.get(name, WORTH_OF_LINKS), linked=True)
    newest = _state(draw).users[account, address]["invitation"]["generation"]
    generation = _some(draw, [newest], range(1, newest), often=14) if newest > 1 else 1
    channel = draw(st.sampled_from(["mailed", "copied"]))
    forged = _some(draw, [""], ["~channel", "~generation", "~account", "~mac"], often=15)
    body: dict[str, Any] = {}
    if name in {"accept", "join"}:
        body["terms_version"] = draw(st.sampled_from([TERMS] * 7 + ["2020-01-01"]))
    if name == "accept":
        passwords = [*["Secret77"] * 12, *["Another8"] * 6, "short", "nocapital7", "NoNumber"]
        body |= {"first_name": "Real", "last_name": "Owner", "password": draw(st.sampled_from(passwords))}
        body |= {"security_question": "First pet?", "security_answer": "Rex"}
    by = _some(draw, [address], _callers(), often=8) if name == "join" else None
    return Command(name, by=by, link=f"{account}/{address}/{generation}/{channel}{forged}", body=body)


def _on_user(draw: Draw, name: str) -> Command:
    """Draw a command on a user, or a read of the account."""
    by, account, address = _acting(draw, name if name in WORTH else "get_user")
    if name in READS:
        return Command(name, by=by, account=account)
    body: dict[str, Any] = {}
    if_match = None
    if name == "reactivate":
        group = draw(st.sampled_from(GROUPS))
        body = {"groups": [group]} if group else {}
    if name == "block":
        body = {"reason": draw(st.sampled_from(["security", "terms"]))}
    if name == "edit":
        behind, user = _some(draw, [None, 0], [1], often=13), _state(draw).users.get((account, address))
        is_invited = user is not None and user["status"] == "invited"
        body = draw(st.sampled_from([*(EDITS if is_invited else EDITS[:1]), *RIGHTS]))
        if_match = user["version"] - behind if user and behind is not None else None
    return Command(name, by=by, account=account, user=address, body=body, if_match=if_match)


def _on_group(draw: Draw, name: str) -> Command:
    """Draw a new group, a change of one, or its end."""
    account = str(_some(draw, list(_state(draw).accounts), (*ACCOUNTS, *ODD_ACCOUNTS), often=15))
    group = draw(st.sampled_from([*["Sales", "Support"] * 3, *GROUP_NAMES]))
    by = _actor(draw, account)
    if name == "create_group":
        body = {"name": group} | draw(st.sampled_from(GROUP_CHANGES[:4]))
        return Command(name, by=by, account=account, body=body)
    body = draw(st.sampled_from(GROUP_CHANGES)) if name == "edit_group" else {}
    return Command(name, by=by, account=account, group=group, body=body)


def _on_seats(draw: Draw, name: str) -> Command:
    """Draw absolute numbers near to what is in use, a request for seats, or a decision on one."""
    account = str(_some(draw, list(_state(draw).accounts), (*ACCOUNTS, *ODD_ACCOUNTS), often=15))
    staff = _some(draw, [OPERATOR], _callers(), often=15)
    if name == "set_seats":
        used = _state(draw).accounts.get(account, {}).get("seats_used", 0)
        purchased = draw(st.sampled_from([used, used + 1, used + 1, used + 2, max(0, used - 1), 8, None]))
        body = {"purchased": purchased, "granted": draw(st.sampled_from([0, 0, 1]))}
        return Command(name, by=staff, account=account, body=body)
    if name == "request_seats":
        kind = draw(st.sampled_from(["purchase", "complimentary", "complimentary", "return"]))
        body = {"kind": kind, "quantity": _some(draw, [1, 2], [51], often=15)}
        return Command(name, by=_actor(draw, account), account=account, body=body)
    return Command(name, by=staff, account=account, seat_request=draw(st.integers(0, 2)))


def _settings(draw: Draw) -> Command:
    """Draw a change of settings; a limit is mostly near to what was sent already."""
    account = str(_some(draw, list(_state(draw).accounts), (*ACCOUNTS, *ODD_ACCOUNTS), often=15))
    sent = _state(draw).accounts.get(account, {}).get("mails_sent", 0)
    limit = {"daily_mail_limit": draw(st.sampled_from([sent, sent, sent + 1, max(0, sent - 1), 1_000, 1_000]))}
    simple = {"invite_profile": "simple", "allow_link_copy": False, "default_group": "everyone"}
    full = {"invite_profile": "full", "allow_link_copy": True, "default_group": None}
    invalid = [{"default_group": "administrators"}, {"default_group": "no-such-group"}]
    given = [{"global_permissions": each} for each in ([], ["contacts.export"])]
    others = [
        simple,
        full,
        {"default_group": "@Sales"},
        *given,
        *invalid,
        {"help_url": "https://help.example.org/", "allow_link_copy": True},
    ]
    body = draw(st.sampled_from([*[limit] * 8, *others]))
    return Command("change_settings", by=_actor(draw, account), account=account, body=body)


def _acting(draw: Draw, what: str) -> tuple[str, str, str]:
    """Draw a caller, an account, and the user whom the command is about: mostly of that account, and able to."""
    account, about = _target(draw, WORTH[what])
    actor = _actor(draw, account, but=about)
    usual = 13 if what in {"deactivate", "remove", "block"} else 15
    about = _some(draw, [about], (actor, actor, actor, "nobody@example.org", MALFORMED), often=usual)
    return actor, _some(draw, [account], (*ACCOUNTS, *ODD_ACCOUNTS), often=15 if what == "get_user" else 16), about


@st.composite
def fault(draw: Draw) -> tuple[str, int] | None:
    """Draw which fault strikes which AWS call of the step: none, mostly."""
    if draw(st.integers(0, 9)):
        return None
    return draw(st.sampled_from(FAULTS)).name, draw(st.integers(0, 9))


@st.composite
def pause(draw: Draw) -> int:
    """Draw milliseconds: up to, or around, the end of an invitation or a lease, or any time."""
    state = _state(draw)
    ends = {end for user in state.users.values() if user["status"] == "invited" for end in _ends(user)}
    ends |= {datetime.fromisoformat(mail["due_at"]) for mail in state.mails if "due_at" in mail}
    ends.add(state.now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1))
    around = [(end - state.now) // MILLISECOND + step for end in ends for step in (-1, 0, 1)]
    ahead = sorted(milliseconds for milliseconds in around if milliseconds > 0)
    minutes, days = 60_000, 86_400_000
    usual = [1, 999, 15_000, minutes, 15 * minutes, 90_000, 60 * minutes]
    return int(_some(draw, ahead[:9] or usual, [*usual, days, 2 * days], often=8))


def _ends(user: Row) -> list[datetime]:
    expires_at = datetime.fromisoformat(user["invitation"]["expires_at"])
    return [expires_at - REMINDED_BEFORE, expires_at]


def numbers() -> st.SearchStrategy[list[int]]:
    """Draw which of the pending records are delivered: some of them, some twice, in any order."""
    return st.lists(st.integers(0, 9), min_size=1, max_size=4)


def _state(draw: Draw) -> State:
    """Return the state of the machine that asks."""
    state: State = draw(st.runner()).walk.state
    return state


def _some(draw: Draw, usual: Sequence[Any], odd: Sequence[Any], *, often: int) -> Any:
    """Draw one of the usual ones, `often` times out of 16."""
    is_usual = draw(st.integers(0, 15)) < often
    return draw(st.sampled_from(list(usual) if is_usual and usual else list(odd)))


def _actor(draw: Draw, account_id: str, *, but: str = "") -> str:
    """Draw an administrator of the account or another active user of it, mostly."""
    active = [user for user in _state(draw).active(account_id) if user["email"] != but]
    admins = [user["email"] for user in active if user["admin"]]
    return str(_some(draw, 5 * admins + [user["email"] for user in active], _callers(), often=15))


def _target(draw: Draw, worth: dict[str, int], *, linked: bool = False) -> tuple[str, str]:
    """Draw an account and an address by the status of its user; `linked` leaves out addresses without a user."""
    state = _state(draw)
    by_status: dict[str, list[tuple[str, str]]] = {}
    targets = sorted(state.users) if linked else [(account, one) for account in state.accounts for one in PEOPLE]
    for target in targets:
        by_status.setdefault(state.status(target), []).append(target)
    statuses = [status for status in by_status for _ in range(worth.get(status, 1))]
    account, address = draw(st.sampled_from(by_status[draw(st.sampled_from(statuses))]))
    return account, address


def _callers() -> list[str]:
    return [*PEOPLE, OPERATOR, "nobody@example.org", "lee@example.org before", "ann@example.org id"]
