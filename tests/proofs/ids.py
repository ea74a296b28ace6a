"""What can stand in the place of an id: foreign, absent and malformed, all of which must be answered alike."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from shared.adapters.token_signer import open_recovery_signer
from shared.domain.model.invitation_tokens import Channel, InvitationToken
from shared.domain.model.recoveries import RecoveryToken
from tests.factories import ACCOUNT, CERTIFY, INVITE_MANY, OPEN_ACCOUNT, token_for
from tests.functions.cached_fixtures import SECOND
from tests.functions.contract import body_fields, parameters_of, with_field
from tests.invoke import function_of
from tests.proofs.route_states import Parts, RouteState

_NAMES_NOTHING = {(OPEN_ACCOUNT, "account_id"), (CERTIFY, "email")}  # What is still to be.
_ABSENT_ACCOUNT, _ABSENT_USER = "qq777", "z" * 26
_ACCOUNTS = ("AB123", "ab12", "ab123456789", "abc", "ab123 ", "ab123\n", "", "..", "%2e", "account", "ab123#x")
_USERS = ("x", "", "L" * 26, "l" * 25, "l" * 27, "1" * 26, "l" * 25 + "\n", "../account", "me", "user#" + "l" * 21)
_MALFORMED = {
    "account_id": (*_ACCOUNTS, "ab\u0661\u0662\u0663"),
    "user_id": _USERS,
    "team_id": _USERS,
    "job_id": _USERS,
    "type": ("", "Task", "invoice#x", "t" * 41, "task\n", "../task"),
    "record_id": ("", "-t", "t#1", "t" * 101, "t\n", "../t"),
    "group_id": ("", "A", "a" * 41, "a b", "everyone\n", "../account", "group#x"),
    "email": ("x", "", "a@", "@example.org", "a b@example.org", "lee@example.org\n<x>"),
    "request_id": ("x", "", "0" * 25, "0" * 27, "w" * 26, "0" * 25 + "\n"),
}


class Place(NamedTuple):
    """Where an id stands in a request: `where` is path, query or body, `path` dotted."""

    route: str
    where: str
    path: str

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]

    def put(self, parts: Parts, value: Any) -> Parts:
        """The request with this value in its place."""
        match self.where:
            case "path":
                return parts | {self.path: value}
            case "query":
                return parts | {"query": {self.path: value}}
        return parts | {"body": with_field(parts["body"], self.path, value)}


class IdCase(NamedTuple):
    """A good request and values for one place of it: all `alike` get one answer, `malformed` ones the same or 404."""

    caller: str
    place: Place
    parts: Parts
    alike: list[Any]
    malformed: tuple[str, ...]


def id_cases(route: str, state: RouteState) -> Iterator[IdCase]:
    """Each place for an id, for each kind of caller."""
    for caller in ["its own"] if function_of(route).public else state.callers:
        good = state.request(caller=caller)
        for place in places(route):
            malformed = _MALFORMED[place.name] if place.where == "path" else ()
            values = _addresses if place.where == "path" and place.name == "email" else _VALUES[place.name]
            for alike in values(place, caller, state):
                yield IdCase(caller, place, good, alike, malformed)


def places(route: str) -> Iterator[Place]:
    """Every place that names something; a field that is called an id must be known to `_VALUES`."""
    yield from (
        Place(route, "path", name) for name in parameters_of(route, "path") if (route, name) not in _NAMES_NOTHING
    )
    fields = [Place(route, "query", name) for name in parameters_of(route, "query")]
    fields += [Place(route, "body", path) for path in body_fields(route)]
    for place in fields:
        is_id = place.name.endswith(("_id", "_ids")) or place.name in _VALUES
        if is_id and (route, place.path) not in _NAMES_NOTHING:
            yield place


def _accounts(place: Place, caller: str, state: RouteState) -> Iterator[list[str]]:
    known = state.callers[caller]
    is_staffs = known and known.groups and "/operator/" in place.route  # To staff no account is foreign.
    foreign = set() if is_staffs else {ACCOUNT, SECOND} - state.accounts_of(caller)
    yield [*sorted(foreign), _ABSENT_ACCOUNT]


def _users(_: Place, caller: str, state: RouteState) -> Iterator[list[str]]:
    foreigner = state.target if caller == "administrator elsewhere" else state.foreigner
    yield [foreigner.user_id, _ABSENT_USER]


def _lists_of_users(place: Place, caller: str, state: RouteState) -> Iterator[list[Any]]:
    if place.route == INVITE_MANY:
        yield from ([_rows_with(groups) for groups in alike] for alike in _groups(place, caller, state))
        return
    for values in _users(place, caller, state):
        yield [[value] for value in values]


def _rows_with(groups: list[str]) -> list[dict[str, Any]]:
    return [{"email": "row@example.org", "first_name": "Lee", "last_name": "Row", "groups": groups}]


def _teams(_: Place, caller: str, state: RouteState) -> Iterator[list[str]]:
    foreign = [state.foreign_team] if caller != "administrator elsewhere" else []
    yield [*foreign, "z" * 26]


def _group(_: Place, caller: str, state: RouteState) -> Iterator[list[str]]:
    foreign = [state.foreign_group] if caller != "administrator elsewhere" else []
    yield [*foreign, "n" * 26]


def _groups(_: Place, caller: str, state: RouteState) -> Iterator[list[list[str]]]:
    if caller != "administrator elsewhere":
        foreign = state.foreign_group
        yield [[foreign], ["n" * 26], ["everyone", foreign], ["n" * 26, "everyone"]]


def _tokens(place: Place, _: str, state: RouteState) -> Iterator[list[str]]:
    """The holder of a genuine token may know whom it invites, so that foreign ones here are made up."""
    if "/recovery/" in place.route:
        yield from _recovery_tokens(state.given.token, state.foreign_token)
        return
    token, user = state.given.token, {**state.given.user, "account_id": ACCOUNT}
    absent = [
        InvitationToken(ACCOUNT, _ABSENT_USER, 1, Channel.MAILED),
        InvitationToken(_ABSENT_ACCOUNT, user["user_id"], 1, Channel.MAILED),
    ]
    yield [
        *(f"{genuine[:-43]}{'A' * 43}" for genuine in (token, state.foreign_token)),
        *(link.to_sign(key_version=1).encode(b"\0" * 32) for link in absent),
        *("", "x", "v1.", token[:-1], token + "A", token.upper(), "v2" + token[2:]),
        token.replace("mailed", "copied"),
    ]
    yield [token_for(user | {"user_id": _ABSENT_USER}), token_for(user | {"account_id": _ABSENT_ACCOUNT})]


def _recovery_tokens(token: str, foreign: str) -> Iterator[list[str]]:
    """Forged ones, those of another purpose, and genuine ones that no link was mailed with."""
    yield [
        f"{token[:-43]}{'A' * 43}",
        RecoveryToken("a" * 26, 1).to_sign(key_version=1).encode(b"\0" * 32),
        *("", "x", "v1.", token[:-1], token + "A", token.upper(), "v2" + token[2:], foreign),
    ]
    _, identity_id, version, *_ = token.split(".")
    sign = open_recovery_signer().sign
    yield [sign(RecoveryToken("z" * 26, int(version))), sign(RecoveryToken(identity_id, int(version) - 1))]


def _addresses(_: Place, __: str, ___: RouteState) -> Iterator[list[str]]:
    yield ["nobody@example.org", "never@example.net"]


def _uploads(_: Place, caller: str, state: RouteState) -> Iterator[list[str]]:
    """Another person's, one that was never made, and no id at all."""
    foreign = [state.foreign_upload] if caller != "administrator elsewhere" else []
    yield [*foreign, "z" * 26, "a" * 26]


def _requests(_: Place, __: str, state: RouteState) -> Iterator[list[str]]:
    yield [state.foreign_request, "0" * 26]


def _none(_: Place, __: str, ___: RouteState) -> Iterator[list[str]]:
    """The host's own names, of which none is foreign: what is absent is created, or is deleted already."""
    yield from ()


def _jobs(_: Place, __: str, ___: RouteState) -> Iterator[list[str]]:
    yield ["y" * 26, "z" * 26]


_VALUES: dict[str, Callable[[Place, str, RouteState], Iterator[list[Any]]]] = {
    "account_id": _accounts,
    "user_id": _users,
    "request_id": _requests,
    "reassign_to": _users,
    "team_id": _teams,
    "managers": _lists_of_users,
    "users": _lists_of_users,
    "group_id": _group,
    "groups": _groups,
    "token": _tokens,
    "logo": _uploads,
    "job_id": _jobs,
    "owner_id": _users,
    "record_id": _none,
    "type": _none,
}
