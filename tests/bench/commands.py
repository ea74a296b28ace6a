"""What each command asks of AWS and writes: when it succeeds, when it is refused, and when it is repeated."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from tests import aws_fixture, factories
from tests.bench.figures import Figure
from tests.bench.metering import Calls, metered
from tests.bench.scenes import INVITATION, SCENES
from tests.bench.write_units import Cost, cost, snapshot
from tests.invoke import Answer, call, run

NOTIFIED = ["one@example.org", "two@example.org"]
_KEY = {"idempotency-key": "1d6e7ffb-6e8e-4d8a-b1d8-1f9d2c8c6a55"}


class Kind(Enum):
    """What a command is held to."""

    ADMIN = "an administrator's: one read, one transaction"
    INVITEE = "an invitee's"
    READ = "one that reads"
    NOTHING = "one that is refused or repeated: it reads at most, and writes nothing"


@dataclass(frozen=True)
class Command:
    name: str
    kind: Kind
    status: int
    prepare: Callable[[], Callable[[], Answer]]  # makes a world, and returns the request
    more_mails: int = 0


def _inside(route: str, **parts: Any) -> Callable[[], Answer]:
    admin = factories.an_account(seats=3)
    return lambda: call(route, caller=admin.signed_in, account_id=factories.ACCOUNT, **parts)


def _invite(headers: dict[str, str] | None = None, **fields: Any) -> Callable[[], Answer]:
    return _inside(factories.INVITE, body=INVITATION | fields, headers=headers)


def _again(request: Callable[[], Answer]) -> Callable[[], Answer]:
    assert request().status < 300
    return request


def _no_seat() -> Callable[[], Answer]:
    request = _invite()
    admin = factories.Person("", "ann@example.org", factories.signed_in("ann@example.org"))
    for number in range(2):
        factories.invited(admin, f"user{number}@example.org")
    return request


def _not_allowed() -> Callable[[], Answer]:
    user = factories.a_user(factories.an_account())
    body = INVITATION | {"email": "else@example.org"}
    return lambda: call(factories.INVITE, caller=user.signed_in, account_id=factories.ACCOUNT, body=body)


def _deactivate() -> Callable[[], Answer]:
    admin = factories.an_account()
    leaving = factories.a_user(admin)
    return lambda: _deactivated(admin, leaving.user_id)


def _deactivated(admin: factories.Person, user_id: str) -> Answer:
    return call(factories.DEACTIVATE, caller=admin.signed_in, body={}, account_id=factories.ACCOUNT, user_id=user_id)


def _deactivate_oneself() -> Callable[[], Answer]:
    admin = factories.an_account()
    return lambda: _deactivated(admin, admin.user_id)


def _open_account() -> Callable[[], Answer]:
    operator = factories.an_operator()
    admin = {"first_name": "Ann", "last_name": "Admin", "email": "ann@example.org"}
    body = {"account_id": "ab123", "name": "Account", "seats": 10, "admin": admin}
    return lambda: call(factories.OPEN_ACCOUNT, caller=operator, body=body)


def _administrators() -> Callable[[], Answer]:
    factories.an_account()
    operator = factories.an_operator()
    body = {"first_name": "Bea", "last_name": "Admin", "email": "bea@example.org"}
    return lambda: call(factories.ADMINISTRATORS, caller=operator, account_id=factories.ACCOUNT, body=body)


def _preview() -> Callable[[], Answer]:
    token = factories.token_for(factories.invited(factories.an_account()))
    return lambda: call(factories.PREVIEW, body={"token": token})


def _accept() -> Callable[[], Answer]:
    token = factories.token_for(factories.invited(factories.an_account()))
    return lambda: factories.accepted(token)


def _join() -> Callable[[], Answer]:
    person = factories.a_user(factories.an_account())
    elsewhere = factories.an_account("cd456", admin="cora@example.org")
    token = factories.token_for(factories.invited(elsewhere, person.address, account_id="cd456"))
    return lambda: call(factories.JOIN, caller=person.signed_in, body={"token": token})


def _forged() -> Callable[[], Answer]:
    token = factories.token_for(factories.invited(factories.an_account()))
    return lambda: call(factories.PREVIEW, body={"token": token[:-4] + "AAAA"})


def _me() -> Callable[[], Answer]:
    admin = factories.an_account()
    return lambda: call(factories.ME, caller=admin.signed_in)


def _of_myself(route: str, **body: object) -> Callable[[], Answer]:
    admin = factories.an_account()
    return lambda: call(route, caller=admin.signed_in, body=body)


_ON_USERS = ("resend", "invitation_link", "revoke", "edit_user", "reactivate", "remove_user")


def _of_scene(name: str) -> Callable[[], Callable[[], Answer]]:
    """The request with which a function is started."""

    def prepare() -> Callable[[], Answer]:
        request = SCENES[name]()
        return lambda: run(request)

    return prepare


def _again_at_once(request: Callable[[], Answer]) -> Callable[[], Answer]:
    assert request().status == 200
    return request


COMMANDS = (
    Command("invite", Kind.ADMIN, 201, _invite),
    Command("invite with Idempotency-Key", Kind.ADMIN, 201, lambda: _invite(_KEY)),
    Command("invite, 2 notified", Kind.ADMIN, 201, lambda: _invite(notify=NOTIFIED), more_mails=2),
    Command("invite repeated under its key", Kind.NOTHING, 201, lambda: _again(_invite(_KEY))),
    Command("invite: already invited", Kind.NOTHING, 409, lambda: _again(_invite())),
    Command("invite: no seat", Kind.NOTHING, 409, _no_seat),
    Command("invite: not allowed", Kind.NOTHING, 403, _not_allowed),
    Command("invite: invalid", Kind.NOTHING, 422, lambda: _invite(first_name="")),
    Command("deactivate", Kind.ADMIN, 200, _deactivate),
    Command("deactivate repeated", Kind.NOTHING, 200, lambda: _again(_deactivate())),
    Command("deactivate: oneself", Kind.NOTHING, 409, _deactivate_oneself),
    *(Command(name, Kind.ADMIN, 200, _of_scene(name)) for name in _ON_USERS),
    Command("resend: too soon", Kind.NOTHING, 429, lambda: _again_at_once(_of_scene("resend")())),
    Command("settings", Kind.ADMIN, 200, _of_scene("settings")),
    Command("operator: account", Kind.ADMIN, 201, _open_account),
    Command("operator: account exists", Kind.NOTHING, 409, lambda: _again(_open_account())),
    Command("operator: administrator", Kind.ADMIN, 201, _administrators),
    Command("join", Kind.INVITEE, 200, _join),
    Command("join repeated", Kind.READ, 200, lambda: _again(_join())),
    Command("accept", Kind.INVITEE, 200, _accept),
    Command("accept repeated", Kind.READ, 200, lambda: _again(_accept())),
    Command("preview", Kind.READ, 200, _preview),
    Command("preview: forged link", Kind.NOTHING, 404, _forged),
    Command("decline", Kind.INVITEE, 200, _of_scene("decline")),
    Command("ask for a new link", Kind.INVITEE, 202, _of_scene("request_new_link")),
    Command("access", Kind.READ, 200, lambda: _inside(factories.ACCESS)),
    Command("account", Kind.READ, 200, lambda: _inside(factories.GET_ACCOUNT)),
    Command("groups", Kind.READ, 200, lambda: _inside(factories.GROUPS)),
    Command("users", Kind.READ, 200, lambda: _inside(factories.USERS)),
    Command("journal", Kind.READ, 200, lambda: _inside(factories.JOURNAL)),
    Command("me", Kind.READ, 200, _me),
    Command("edit me", Kind.INVITEE, 200, lambda: _of_myself(factories.EDIT_ME, first_name="Anna")),
    Command("edit me: the same", Kind.READ, 200, lambda: _of_myself(factories.EDIT_ME, first_name="Ann")),
    Command("profile", Kind.ADMIN, 200, lambda: _of_myself(factories.PROFILE, signature="Ann")),
    Command("profile: logo form", Kind.NOTHING, 200, lambda: _of_myself(factories.LOGO)),
)


def measured(command: Command) -> tuple[Calls, Cost]:
    """One call of the command in a world of its own."""
    aws_fixture.begin_anew()
    request = command.prepare()
    before = snapshot()
    with metered() as calls:
        answer = request()
    assert answer.status == command.status, f"{command.name}: {answer.text}"
    return calls, cost(calls, before, snapshot())


def figures(commands: Iterable[Command] = COMMANDS) -> Iterator[Figure]:
    """Requests of each command, and what those cost that write."""
    for command in commands:
        calls, found = measured(command)
        order = " → ".join(call.operation for call in calls.made)
        yield Figure(f"{command.name}: DynamoDB requests", found.dynamodb, at_most=_most(command), note=order)
        if found.items or command.kind is Kind.NOTHING:
            yield from _written(command, found)


def _written(command: Command, found: Cost) -> Iterator[Figure]:
    more = command.more_mails
    items, base, indexes = (0, 0, 0) if command.kind is Kind.NOTHING else (7 + more, 14 + 2 * more, 6 + more)
    apart = command.name in {"accept", "join"}  # Joining tells two people and moves the user in the lists.
    if found.items or found.base:
        note = f"largest item {found.largest} bytes"
        yield Figure(f"{command.name}: items", found.items, at_most=None if apart else items)
        yield Figure(f"{command.name}: base", found.base, "WRU", at_most=None if apart else base, note=note)
        yield Figure(f"{command.name}: indexes", found.indexes, "WRU", at_most=None if apart else indexes)


def _most(command: Command) -> float | None:
    return {Kind.ADMIN: 2, Kind.NOTHING: 1}.get(command.kind)
