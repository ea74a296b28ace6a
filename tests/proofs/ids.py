"""What can stand in the place of an id: foreign, absent and malformed, all of which must be answered alike."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from shared.domain.model.invitation_tokens import Channel, InvitationToken
from tests.factories import ACCOUNT, OPEN_ACCOUNT, token_for
from tests.functions.cached_fixtures import SECOND
from tests.invoke import function_of
from tests.proofs.every_route import (
    FOREIGN_GROUP,
    Parts,
    RouteWorld,
    body_fields,
    parts_of,
    path_ids,
    query_fields,
    with_field,
)

ACCOUNTS_OF = {"administrator": {ACCOUNT}, "plain user": {ACCOUNT}, "administrator elsewhere": {SECOND}}
_NAMES_NOTHING = {(OPEN_ACCOUNT, "account_id")}  # The App ID of an account that is still to be.
_ABSENT_ACCOUNT, _ABSENT_USER = "qq777", "z" * 26
_ACCOUNTS = ("AB123", "ab12", "ab123456789", "abc", "ab123 ", "ab123\n", "", "..", "%2e", "account", "ab123#x")
_USERS = ("x", "", "L" * 26, "l" * 25, "l" * 27, "1" * 26, "l" * 25 + "\n", "../account", "me", "user#" + "l" * 21)
_MALFORMED = {"account_id": (*_ACCOUNTS, "ab\u0661\u0662\u0663"), "user_id": _USERS}


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


class Question(NamedTuple):
    """A good request, and what to put into one place of it: `alike` is answered alike, `malformed` like it or 404."""

    caller: str | None
    place: Place
    parts: Parts
    alike: list[Any]
    malformed: tuple[str, ...]


def questions(route: str, there: RouteWorld) -> Iterator[Question]:
    """Each place for an id, for each kind of caller."""
    for caller in [None] if function_of(route).public else there.callers:
        good = parts_of(route, there, caller=caller)
        if caller == "administrator elsewhere" and "account_id" in good:
            good["account_id"] = SECOND
        for place in places(route):
            malformed = _MALFORMED[place.name] if place.where == "path" else ()
            for alike in _VALUES[place.name](place, caller, there):
                yield Question(caller, place, good, alike, malformed)


def places(route: str) -> Iterator[Place]:
    """Wherever something is named; a field that is called an id must be known to `_VALUES`."""
    yield from (Place(route, "path", name) for name in path_ids(route))
    fields = [Place(route, "query", name) for name in query_fields(route)]
    fields += [Place(route, "body", path) for path in body_fields(route)]
    for place in fields:
        is_id = place.name.endswith(("_id", "_ids")) or place.name in _VALUES
        if is_id and (route, place.path) not in _NAMES_NOTHING:
            yield place


def _accounts(place: Place, caller: str | None, _: RouteWorld) -> Iterator[list[str]]:
    is_staffs = caller == "operator" and "/operator/" in place.route  # To staff no account is foreign.
    foreign = set() if is_staffs else {ACCOUNT, SECOND} - ACCOUNTS_OF.get(caller or "", set())
    yield [*sorted(foreign), _ABSENT_ACCOUNT]


def _users(_: Place, caller: str | None, there: RouteWorld) -> Iterator[list[str]]:
    foreigner = there.target if caller == "administrator elsewhere" else there.foreigner
    yield [foreigner.user_id, _ABSENT_USER]


def _groups(_: Place, caller: str | None, __: RouteWorld) -> Iterator[list[list[str]]]:
    if caller != "administrator elsewhere":
        yield [[FOREIGN_GROUP], ["n" * 26], ["everyone", FOREIGN_GROUP], ["n" * 26, "everyone"]]


def _tokens(_: Place, __: str | None, there: RouteWorld) -> Iterator[list[str]]:
    """Whoever holds a genuine token may know whom it invites: foreign is one that was made up."""
    account_id, user_id = there.guest["account_id"], there.guest["user_id"]
    absent = [
        InvitationToken(account_id, _ABSENT_USER, 1, Channel.MAILED),
        InvitationToken(_ABSENT_ACCOUNT, user_id, 1, Channel.MAILED),
    ]
    yield [
        _forged(there.token),
        _forged(there.token_elsewhere),
        *(link.to_sign(key_version=1).encode(b"\0" * 32) for link in absent),
        *("", "x", "v1.", there.token[:-1], there.token + "A", there.token.upper(), "v2" + there.token[2:]),
        there.token.replace("mailed", "copied"),
    ]
    signed = [there.guest | {"user_id": _ABSENT_USER}, there.guest | {"account_id": _ABSENT_ACCOUNT}]
    yield [token_for(user) for user in signed]


def _forged(token: str) -> str:
    return token[:-43] + "A" * 43


def _uploads(_: Place, caller: str | None, there: RouteWorld) -> Iterator[list[str]]:
    """Another's, one that was never made, and what is no id at all."""
    foreign = [there.upload_id] if caller != "administrator" else []
    yield [*foreign, "z" * 26, "a" * 26]


_VALUES: dict[str, Callable[[Place, str | None, RouteWorld], Iterator[list[Any]]]] = {
    "account_id": _accounts,
    "user_id": _users,
    "reassign_to": _users,
    "groups": _groups,
    "token": _tokens,
    "logo": _uploads,
}
