"""What to try next: mostly what can work in the present state, sometimes anything."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from shared.domain.model.users import END_TOLD_BEFORE, REMINDED_BEFORE
from tests.proofs.faults import Fault
from tests.proofs.model import account_choices, invitation_choices
from tests.proofs.model.command import (
    IDENTITY_COMMANDS,
    INVALID_REQUESTS,
    MALFORMED,
    RECOVERY_COMMANDS,
    REGISTRY_COMMANDS,
    ROUTES,
    TEAM_COMMANDS,
    Command,
)
from tests.proofs.model.draws import (
    ACCOUNTS,
    ODD_ACCOUNTS,
    PEOPLE,
    Draw,
    a_target,
    an_actor,
    state_of,
    usually,
)
from tests.proofs.model.identity_choices import on_person
from tests.proofs.model.invitation_choices import NAMES, TERMS, WORTH
from tests.proofs.model.state import MILLISECOND, Row
from tests.proofs.model.user_commands import USER_COMMANDS

FAULTS = [fault for fault in Fault if fault not in {Fault.CONTENDED, Fault.DOWN}]

READS = ("list_users", "get_account", "get_access", "list_groups", "list_entries", "get_me")
BY_LINK = ("accept", "join", "decline", "request_new")
UNKEYED = {
    "put_record",
    "set_seats",
    *REGISTRY_COMMANDS,
    "start_recovery",
    "preview_recovery",
    "sign_out",
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

# Without a key a repeat is another request: a name that is taken, a wrong answer more, or another change.
ALWAYS_KEYED = {"create_group", "create_team", "finish_recovery", "change_password", "help_recovery"}

# How often each command is drawn.
WEIGHTS = dict.fromkeys(ROUTES, 13) | dict.fromkeys(READS, 8) | {"open_account": 2, "edit_me": 4, "get_user": 14}
WEIGHTS |= {"create_group": 5, "edit_group": 9, "delete_group": 7}
WEIGHTS |= dict.fromkeys(TEAM_COMMANDS, 5)
WEIGHTS |= {"put_record": 14, "reassign": 8}
WEIGHTS |= {"set_seats": 3, "request_seats": 5, "approve_seats": 3, "deny_seats": 2}
WEIGHTS |= dict.fromkeys((*REGISTRY_COMMANDS, *IDENTITY_COMMANDS), 6) | dict.fromkeys(RECOVERY_COMMANDS, 4)
WEIGHTS |= {
    "withdraw": 9,
    "help_recovery": 13,
    "unblock_identity": 4,
    "block_identity": 4,
    "start_recovery": 16,
    "finish_recovery": 21,
    "accept": 17,
    "change_password": 4,
}
WEIGHTS |= {"invite_many": 9, "clone": 14, "leave": 5}
OWN_NAMES: list[dict[str, str]] = [{}, *({"first_name": name} for name in ("Real", "Leo")), {"last_name": "X"}]


@st.composite
def command(draw: Draw) -> Command:
    """Draw any command, mostly one that can succeed, often with an Idempotency-Key that was used before."""
    name = draw(st.sampled_from([name for name, weight in WEIGHTS.items() for _ in range(weight)]))
    drawn = DRAWINGS.get(name, _on_user)(draw, name)
    keys = ["key-1", "key-2"] if name in ALWAYS_KEYED else [None, None, None, "key-1", "key-2"]
    key = None if name in UNKEYED else draw(st.sampled_from(keys))
    return replace(drawn, key=key)


@st.composite
def invalid(draw: Draw) -> Command:
    """Draw a request whose body or header is broken."""
    name = draw(st.sampled_from([*USER_COMMANDS, *BY_LINK, "invite", "open_account", "change_settings"]))
    broken = draw(st.sampled_from(sorted(INVALID_REQUESTS)))
    by, account, _ = _acting(draw, "get_user")
    return Command(
        name,
        by=by if name == "join" or name not in BY_LINK else None,
        account=None if name in BY_LINK or name == "open_account" else account,
        user="lee@example.org" if name in USER_COMMANDS else None,
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
    body: dict[str, Any] = dict(command.body)
    match command.name:
        case "join":
            body = {} if body else {"terms_version": TERMS}
        case "invite" | "accept" | "invite_administrator":
            body["first_name"] = "Other"
        case "open_account":
            body["name"] = "Other"
        case name if name in USER_COMMANDS and (changes := USER_COMMANDS[name].other_body):
            body |= changes
        case _:
            return replace(command, invalid="unknown field")
    return replace(command, body=body)


def _on_user(draw: Draw, name: str) -> Command:
    """Draw a command on a user, or a read of the account."""
    by, account, address = _acting(draw, name)
    if name in READS:
        return Command(name, by=by, account=account)
    if_match = _seen_version(draw, account, address) if name == "edit" else None
    body = _cloning(draw, account) if name == "clone" else {}
    if name in USER_COMMANDS:
        body = USER_COMMANDS[name].draw_body(draw, account, address)
    return Command(name, by=by, account=account, user=address, body=body, if_match=if_match)


def _seen_version(draw: Draw, account: str, address: str) -> int | None:
    """Draw the version for `If-Match`: the present one or none, mostly."""
    behind, user = usually(draw, [None, 0], [1], often=13), state_of(draw).users.get((account, address))
    return user["version"] - behind if user and behind is not None else None


def _cloning(draw: Draw, account: str) -> dict[str, Any]:
    others = [email for owner, email in state_of(draw).users if owner == account]
    to = draw(st.lists(st.sampled_from(others or PEOPLE), min_size=1, max_size=2, unique=True))
    return {"to": [f"&{one}" for one in to], "groups": draw(st.booleans())}


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
    worth = USER_COMMANDS[what].worth if what in USER_COMMANDS else WORTH.get(what, WORTH["get_user"])
    account, about = a_target(draw, worth)
    actor = an_actor(draw, account, but=about)
    usual = 13 if what in {"deactivate", "remove", "block"} else 15
    about = usually(draw, [about], (actor, actor, actor, "nobody@example.org", MALFORMED), often=usual)
    often = 16 if what in {*USER_COMMANDS, "clone"} else 15
    return actor, usually(draw, [account], (*ACCOUNTS, *ODD_ACCOUNTS), often=often), about


def _on_oneself(draw: Draw, name: str) -> Command:
    """Draw someone who looks at themselves, or changes their names."""
    body = draw(st.sampled_from(OWN_NAMES)) if name == "edit_me" else {}
    return Command(name, by=_acting(draw, "get_user")[0], body=body)


DRAWINGS: dict[str, Callable[[Draw, str], Command]] = {
    name: drawing
    for drawing, names in (
        (invitation_choices.draw_invite, ("invite", "invite_administrator", "open_account")),
        (invitation_choices.draw_batch, ("invite_many",)),
        (invitation_choices.with_link, ("preview", *BY_LINK)),
        (account_choices.settings_change, ("change_settings",)),
        (account_choices.on_group, ("create_group", "edit_group", "delete_group")),
        (account_choices.on_team, TEAM_COMMANDS),
        (account_choices.on_record, ("put_record", "reassign")),
        (account_choices.on_seats, ("set_seats", "request_seats", "approve_seats", "deny_seats")),
        (account_choices.leaving, ("leave",)),
        (on_person, (*REGISTRY_COMMANDS, *IDENTITY_COMMANDS, *RECOVERY_COMMANDS, "change_password", "sign_out")),
        (_on_oneself, ("get_me", "edit_me")),
    )
    for name in names
}
