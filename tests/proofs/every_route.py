"""For every route a request that is answered with success, and all kinds of callers to make it.

A route that is new in the catalogue is here by itself, unless it takes a body: that is one line in `BODIES`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infra.catalog import CATALOG
from infra.operators import enroll
from shared.adapters.dynamodb.codec import to_item
from shared.domain.model.groups import EVERYONE, Group, first_groups
from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import DIRECTORY
from tests import aws_fixture
from tests.domain_factories import overdue, sent_before
from tests.factories import (
    ACCEPT,
    ACCOUNT,
    ADMINISTRATORS,
    COPY_LINK,
    DEACTIVATE,
    DECLINE,
    EDIT,
    EDIT_ME,
    INVITE,
    JOIN,
    LOGO,
    OPEN_ACCOUNT,
    PASSWORD,
    PREVIEW,
    PROFILE,
    REACTIVATE,
    REMOVE,
    REQUEST_NEW,
    RESEND,
    REVOKE,
    SETTINGS,
    TERMS,
    Person,
    a_user,
    acceptance,
    an_operator,
    invited,
    token_for,
)
from tests.functions.cached_fixtures import SECOND, standing, two_accounts
from tests.functions.contract import document
from tests.invoke import SignedIn, call, function_of
from tests.logos import a_png, uploaded

ROUTES = sorted(route for function in CATALOG for route in function.routes if route != "$default")
Parts = dict[str, Any]


@dataclass(frozen=True)
class RouteWorld:
    """Two accounts with everybody who may call; `target` is a user of the first, `foreigner` of the second."""

    callers: Mapping[str, SignedIn | None]
    target: Person
    foreigner: Person
    gone: Person  # deactivated in the first account
    guest: dict[str, Any]  # invited to the first account
    upload_id: str  # the administrator's
    token: str  # the guest's
    token_too_late: str  # of another guest, whose invitation has expired
    invited: Mapping[str, str]  # addresses by the tokens for the first account
    token_elsewhere: str  # the administrator's, for the second account
    copied: Mapping[str, str]  # the copied link's token by the mailed one's

    @property
    def ids(self) -> dict[str, str]:
        """What stands for the ids of a path, mostly."""
        return {"account_id": ACCOUNT, "user_id": self.target.user_id}

    def ids_of(self, route: str) -> dict[str, str]:
        """The same for a route that is about somebody else."""
        if route in {RESEND, COPY_LINK, REVOKE, EDIT}:
            return self.ids | {"user_id": self.guest["user_id"]}
        return self.ids | ({"user_id": self.gone.user_id} if route == REACTIVATE else {})


_PERSON = {"first_name": "New", "last_name": "Person", "email": "new@example.org"}
_PHONE = {"country_code": "+44", "number": "2079460000"}
BODIES: dict[str, Callable[[RouteWorld], dict[str, Any]]] = {
    INVITE: lambda _: (
        _PERSON
        | {"kind": "user", "phone": _PHONE, "locale": "de", "admin": False, "groups": ["everyone"]}
        | {"permissions": {"allow": ["users.view"], "deny": []}, "message": "Hi", "notify": ["boss@example.org"]}
    ),
    DEACTIVATE: lambda _: {"reassign_to": None},
    REMOVE: lambda _: {"reassign_to": None},
    REACTIVATE: lambda _: {"groups": ["everyone"]},
    EDIT: lambda _: {"first_name": "Leigh", "last_name": "Shaw", "phone": _PHONE},
    SETTINGS: lambda _: {
        "invite_profile": "simple",
        "default_group": "everyone",
        "allow_link_copy": False,
        "locale": "fr",
        "daily_mail_limit": 50,
        "help_url": "https://help.example.org/faq",
    },
    DECLINE: lambda route_world: {"token": route_world.token},
    REQUEST_NEW: lambda route_world: {"token": route_world.token_too_late},
    PREVIEW: lambda route_world: {"token": route_world.token},
    ACCEPT: lambda route_world: acceptance(route_world.token, phone=_PHONE),
    JOIN: lambda route_world: {"token": route_world.token_elsewhere, "terms_version": TERMS},
    OPEN_ACCOUNT: lambda _: {"account_id": "nn100", "name": "New", "seats": 5, "admin": _PERSON},
    ADMINISTRATORS: lambda _: _PERSON,
    EDIT_ME: lambda _: {"first_name": "New", "last_name": "Person", "locale": "de"},
    PROFILE: lambda route_world: (
        {"phone": _PHONE, "time_zone": "Europe/Berlin", "signature": "Ann", "logo": route_world.upload_id}
    ),
    LOGO: lambda _: {},
}


def route_world() -> RouteWorld:
    """Dear only the first time."""
    return standing("every route", _scene)


def _scene() -> RouteWorld:
    ann, zoe = two_accounts()
    kim = a_user(ann, "kim@example.org")
    lee = a_user(ann)
    dan = a_user(ann, "dan@example.org")
    assert call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=dan.user_id, body={}).status == 200
    stranger = enroll("stranger@example.org", PASSWORD, first_name="Sam", last_name="Stranger")
    guest = sent_before(invited(ann, "guest@example.org"))
    late = overdue(invited(ann, "late@example.org"))
    _give_a_group_to(SECOND)
    callers = {
        "administrator": ann.signed_in,
        "plain user": lee.signed_in,
        "administrator elsewhere": zoe.signed_in,
        "operator": an_operator(),
        "stranger": SignedIn("stranger@example.org", stranger),
        "deactivated": dan.signed_in,
        "without identity": SignedIn("nobody@example.org", "no-sub"),
    }
    elsewhere = invited(zoe, ann.address, account_id=SECOND)
    return RouteWorld(
        callers=callers,
        target=kim,
        foreigner=a_user(zoe, "fay@example.org", account_id=SECOND),
        gone=dan,
        guest=guest,
        token_too_late=token_for(late),
        invited={token_for(user): user["email"] for user in (guest, late)},
        upload_id=_uploaded(ann),
        token=token_for(guest),
        token_elsewhere=token_for(elsewhere),
        copied={token_for(user): token_for(user, channel=Channel.COPIED) for user in (guest, late, elsewhere)},
    )


def _uploaded(by: Person) -> str:
    """A picture, with a logo before it; in a world that is put back it stands anew."""
    assert call(PROFILE, caller=by.signed_in, body={"logo": uploaded(by.signed_in, a_png())}).status == 200
    return uploaded(by.signed_in, a_png())


FOREIGN_GROUP = "g" * 26


def _give_a_group_to(account_id: str) -> None:
    """No route makes groups yet: written as the table holds them."""
    groups = first_groups(account_id)
    theirs = Group(group_id=FOREIGN_GROUP, name="Theirs", permissions=groups.groups[EVERYONE].permissions)
    groups = groups.model_copy(update={"groups": {**groups.groups, FOREIGN_GROUP: theirs}})
    row = {"pk": account_id, "sk": "groups"} | groups.model_dump(mode="json", exclude_none=True)
    aws_fixture.dynamodb.put_item(TableName=aws_fixture.physical(DIRECTORY), Item=to_item(row))


def caller_of(route: str) -> str | None:
    """Who usually makes such a request."""
    if function_of(route).public:
        return None
    return "operator" if "/operator/" in route else "administrator"


def parts_of(route: str, route_world: RouteWorld, *, caller: str | None = None) -> Parts:
    """A good request; fails for a route with a body or an id that has no sample here."""
    caller = caller or caller_of(route)
    parts: Parts = {"caller": route_world.callers[caller] if caller else None}
    parts |= {name: route_world.ids_of(route)[name] for name in path_ids(route)}
    if "requestBody" in described(route):
        assert route in BODIES, f"{route} needs a sample body in {__name__}.BODIES"
        parts["body"] = BODIES[route](route_world)
    return parts


def described(route: str) -> dict[str, Any]:
    """The route's operation in the OpenAPI document."""
    method, path = route.split(" ")
    found: dict[str, Any] = document()["paths"][path][method.lower()]
    return found


def path_ids(route: str) -> list[str]:
    return [parameter["name"] for parameter in described(route)["parameters"] if parameter["in"] == "path"]


def query_fields(route: str) -> list[str]:
    return [parameter["name"] for parameter in described(route)["parameters"] if parameter["in"] == "query"]


def success_of(route: str) -> int:
    """The status of the one answer that is no problem."""
    [status] = [status for status in described(route)["responses"] if status != "default"]
    return int(status)


def body_fields(route: str) -> list[str]:
    """Dotted paths of everything that the route's body may hold."""
    body = described(route).get("requestBody")
    return list(_paths(body["content"]["application/json"]["schema"])) if body else []


def _paths(schema: dict[str, Any], before: str = "") -> Iterator[str]:
    for one in schema.get("anyOf", [schema]):
        referred = document()["components"]["schemas"][one["$ref"].rpartition("/")[2]] if "$ref" in one else one
        for name, inner in referred.get("properties", {}).items():
            yield before + name
            yield from _paths(inner, f"{before}{name}.")


def with_field(body: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """The same body with another value at a dotted path."""
    name, _, rest = path.partition(".")
    return body | {name: with_field(body[name], rest, value) if rest else value}
