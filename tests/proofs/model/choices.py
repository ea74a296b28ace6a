"""What to try next: mostly what can work in the present state, sometimes anything."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from shared.domain.model.base import iso
from shared.domain.model.users import END_TOLD_BEFORE, REMINDED_BEFORE
from tests.proofs.faults import Fault
from tests.proofs.model import account_choices
from tests.proofs.model.command import INVALID_REQUESTS, MALFORMED, OPERATOR, ROUTES, TEAM_COMMANDS, Command
from tests.proofs.model.draws import (
    ACCOUNTS,
    ODD_ACCOUNTS,
    PEOPLE,
    Draw,
    a_target,
    an_actor,
    callers,
    state_of,
    usually,
)
from tests.proofs.model.state import MILLISECOND, Row

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
UNKEYED = {
    "put_record",
    "set_seats",
    "edit",
    "edit_group",
    "delete_group",
    "edit_team",
    "delete_team",
    "change_settings",
    "edit_me",
    "preview",
    "get_user",
    *READS,
}

# How often each command is drawn.
WEIGHTS = dict.fromkeys(ROUTES, 13) | dict.fromkeys(READS, 8) | {"open_account": 2, "edit_me": 4, "get_user": 14}
WEIGHTS |= {"create_group": 5, "edit_group": 9, "delete_group": 7}
WEIGHTS |= dict.fromkeys(TEAM_COMMANDS, 5)
WEIGHTS |= {"put_record": 12, "reassign": 8}
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
OWN_NAMES: list[dict[str, str]] = [{}, *({"first_name": name} for name in ("Real", "Leo")), {"last_name": "X"}]


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
            drawn = account_choices.settings_change(draw)
        case "create_group" | "edit_group" | "delete_group":
            drawn = account_choices.on_group(draw, name)
        case "create_team" | "edit_team" | "delete_team":
            drawn = account_choices.on_team(draw, name)
        case "put_record" | "reassign":
            drawn = account_choices.on_record(draw, name)
        case "set_seats" | "request_seats" | "approve_seats" | "deny_seats":
            drawn = account_choices.on_seats(draw, name)
        case "get_me" | "edit_me":
            body = draw(st.sampled_from(OWN_NAMES)) if name == "edit_me" else {}
            drawn = Command(name, by=_acting(draw, "get_user")[0], body=body)
        case _:
            drawn = _on_user(draw, name)
    keys = ["key-1", "key-2"] if name in {"create_group", "create_team"} else [None, None, None, "key-1", "key-2"]
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
        new = [account for account in ACCOUNTS if account not in state_of(draw).accounts]
        account = usually(draw, new, [*ACCOUNTS, MALFORMED], often=12)
        admin = NAMES | {"email": draw(st.sampled_from(PEOPLE))}
        seats = draw(st.integers(1, 3))
        body = {"account_id": account, "name": f"Account {account}", "seats": seats, "admin": admin}
        return Command(name, by=usually(draw, [OPERATOR], callers(), often=15), body=body)
    account, address = a_target(draw, WORTH[name])
    body = NAMES | {"email": draw(st.sampled_from(SPELLINGS.get(address, (address,))))}
    if name == "invite_administrator":
        return Command(name, by=usually(draw, [OPERATOR], callers(), often=15), account=account, body=body)
    body |= ROLES[draw(st.sampled_from([*["user", "admin", "inviter"] * 6, *ROLES]))]
    body |= usually(draw, [{}], [{"last_name": None}], often=15)
    body |= usually(draw, [{}], _access_ends(draw), often=14)
    body |= usually(draw, [{}], [{"notify": ["boss@example.org", "Boss@example.org", "chief@example.org"]}], often=15)
    return Command(name, by=an_actor(draw, account), account=account, body=body)


def _with_link(draw: Draw, name: str) -> Command:
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
    if name in {"deactivate", "remove"}:
        others = [user["email"] for user in state_of(draw).active(account) if user["email"] != address]
        choices = [{}, *({"reassign_to": f"&{one}"} for one in others[:3])]
        body = draw(st.sampled_from([*choices, *([{"hand_over": "later"}] if name == "deactivate" else [])]))
    if name == "block":
        body = {"reason": draw(st.sampled_from(["security", "terms"]))}
    if name == "edit":
        behind, user = usually(draw, [None, 0], [1], often=13), state_of(draw).users.get((account, address))
        is_invited = user is not None and user["status"] == "invited"
        edits = [*(EDITS if is_invited else EDITS[:1]), *RIGHTS, *_access_ends(draw)[1:], {"access_until": None}]
        body = draw(st.sampled_from(edits))
        if_match = user["version"] - behind if user and behind is not None else None
    return Command(name, by=by, account=account, user=address, body=body, if_match=if_match)


def _access_ends(draw: Draw) -> list[dict[str, Any]]:
    """Return ends of access: one that has passed, one that is announced at once, and one that is announced later."""
    now = state_of(draw).now
    ends = (now - MILLISECOND, now + timedelta(hours=3), now + END_TOLD_BEFORE + timedelta(hours=6))
    return [{"access_until": iso(end)} for end in ends]


@st.composite
def fault(draw: Draw) -> tuple[str, int] | None:
    """Draw which fault strikes which AWS call of the step: none, mostly."""
    if draw(st.integers(0, 9)):
        return None
    return draw(st.sampled_from(FAULTS)).name, draw(st.integers(0, 9))


@st.composite
def pause(draw: Draw) -> int:
    """Draw milliseconds: up to, or around, the end of an invitation or a lease, or any time."""
    state = state_of(draw)
    ends = {end for user in state.users.values() if user["status"] == "invited" for end in _ends(user)}
    ends |= {end for user in state.users.values() for end in _ends_of_access(user)}
    ends |= {datetime.fromisoformat(mail["due_at"]) for mail in state.mails if "due_at" in mail}
    ends.add(state.now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1))
    around = [(end - state.now) // MILLISECOND + step for end in ends for step in (-1, 0, 1)]
    ahead = sorted(milliseconds for milliseconds in around if milliseconds > 0)
    minutes, days = 60_000, 86_400_000
    usual = [1, 999, 15_000, minutes, 15 * minutes, 90_000, 60 * minutes]
    return int(usually(draw, ahead[:9] or usual, [*usual, days, 2 * days], often=8))


def _ends(user: Row) -> list[datetime]:
    expires_at = datetime.fromisoformat(user["invitation"]["expires_at"])
    return [expires_at - REMINDED_BEFORE, expires_at]


def _ends_of_access(user: Row) -> list[datetime]:
    if "access_until" not in user or user["status"] not in {"active", "blocked"}:
        return []
    access_until = datetime.fromisoformat(user["access_until"])
    return [access_until - END_TOLD_BEFORE, access_until]


def numbers() -> st.SearchStrategy[list[int]]:
    """Draw which of the pending records are delivered: some of them, some twice, in any order."""
    return st.lists(st.integers(0, 9), min_size=1, max_size=4)


def _acting(draw: Draw, what: str) -> tuple[str, str, str]:
    """Draw a caller, an account, and the user whom the command is about: mostly of that account, and able to."""
    account, about = a_target(draw, WORTH[what])
    actor = an_actor(draw, account, but=about)
    usual = 13 if what in {"deactivate", "remove", "block"} else 15
    about = usually(draw, [about], (actor, actor, actor, "nobody@example.org", MALFORMED), often=usual)
    return actor, usually(draw, [account], (*ACCOUNTS, *ODD_ACCOUNTS), often=15 if what == "get_user" else 16), about
