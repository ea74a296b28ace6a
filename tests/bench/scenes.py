"""For each function of the API one request that it answers with success, in a world where that can be."""

from collections.abc import Callable
from typing import Any

from tests import people, world
from tests.builders import overdue, sent_before
from tests.calls import call, event

Event = dict[str, Any]

INVITATION = {
    "first_name": "Lee",
    "last_name": "Sherron",
    "email": "lee.sherron@example.org",
    "groups": ["everyone"],
}


def _inside(route: str, **parts: Any) -> Event:
    """A request of the account's administrator."""
    admin = people.an_account()
    return event(route, caller=admin.signed_in, account_id=people.ACCOUNT, **parts)


def _operator() -> Event:
    admin = {"first_name": "Ann", "last_name": "Admin", "email": "ann@example.org"}
    body = {"account_id": "ab123", "name": "Account", "seats": 10, "admin": admin}
    return event(people.OPEN_ACCOUNT, caller=people.an_operator(), body=body)


def _users() -> Event:
    admin = people.an_account()
    for number in range(9):
        people.invited(admin, f"user{number}@example.org")
    return event(people.USERS, caller=admin.signed_in, account_id=people.ACCOUNT)


def _deactivate() -> Event:
    admin = people.an_account()
    leaving = people.a_user(admin)
    return event(people.DEACTIVATE, caller=admin.signed_in, body={}, account_id=people.ACCOUNT, user_id=leaving.user_id)


def _on_somebody(route: str, user_id: str, admin: people.Person, **body: Any) -> Event:
    return event(route, caller=admin.signed_in, body=body, account_id=people.ACCOUNT, user_id=user_id)


def _on_an_invitation(route: str, **body: Any) -> Event:
    admin = people.an_account()
    return _on_somebody(route, sent_before(people.invited(admin))["user_id"], admin, **body)


def _remove() -> Event:
    admin = people.an_account()
    return _on_somebody(people.REMOVE, people.a_user(admin).user_id, admin)


def _reactivate() -> Event:
    admin = people.an_account()
    gone = people.a_user(admin)
    call(people.DEACTIVATE, caller=admin.signed_in, body={}, account_id=people.ACCOUNT, user_id=gone.user_id)
    return _on_somebody(people.REACTIVATE, gone.user_id, admin)


def _with_a_link(route: str) -> Event:
    return event(route, body={"token": people.token_for(people.invited(people.an_account()))})


def _request_new() -> Event:
    return event(people.REQUEST_NEW, body={"token": people.token_for(overdue(people.invited(people.an_account())))})


def _preview() -> Event:
    token = people.token_for(people.invited(people.an_account()))
    return event(people.PREVIEW, body={"token": token})


def _accept() -> Event:
    token = people.token_for(people.invited(people.an_account()))
    return event(people.ACCEPT, body=people.acceptance(token))


def _profile() -> Event:
    body = {"time_zone": "Europe/Berlin", "signature": "Ann"}
    return event(people.PROFILE, caller=people.an_account().signed_in, body=body)


def _join() -> Event:
    admin = people.an_account()
    person = people.a_user(admin)
    elsewhere = people.an_account("cd456", admin="cora@example.org")
    again = people.invited(elsewhere, person.address, account_id="cd456")
    return event(people.JOIN, caller=person.signed_in, body={"token": people.token_for(again)})


SCENES: dict[str, Callable[[], Event]] = {
    "operator": _operator,
    "invite": lambda: _inside(people.INVITE, body=INVITATION),
    "users": _users,
    "deactivate": _deactivate,
    "resend": lambda: _on_an_invitation(people.RESEND),
    "invitation_link": lambda: _on_an_invitation(people.COPY_LINK),
    "revoke": lambda: _on_an_invitation(people.REVOKE),
    "edit": lambda: _on_an_invitation(people.EDIT, first_name="Leigh"),
    "reactivate": _reactivate,
    "remove": _remove,
    "settings": lambda: _inside(people.SETTINGS, body={"locale": "de"}),
    "decline": lambda: _with_a_link(people.DECLINE),
    "request_new": _request_new,
    "groups": lambda: _inside(people.GROUPS),
    "account": lambda: _inside(people.GET_ACCOUNT),
    "access": lambda: _inside(people.ACCESS),
    "journal": lambda: _inside(people.JOURNAL),
    "me": lambda: event(people.ME, caller=people.an_account().signed_in),
    "profile": _profile,
    "preview": _preview,
    "accept": _accept,
    "join": _join,
    "openapi": lambda: event("GET /v1/openapi.json"),
}


def prepared(name: str) -> Event:
    """The request, in a world of its own."""
    world.begin_anew()
    return SCENES[name]()
