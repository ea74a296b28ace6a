"""For each function of the API one request that it answers with success, in a world where that can be."""

from collections.abc import Callable
from typing import Any

from tests import aws_fixture, factories
from tests.domain_factories import overdue, sent_before
from tests.invoke import call, event

Event = dict[str, Any]

INVITATION = {
    "first_name": "Lee",
    "last_name": "Sherron",
    "email": "lee.sherron@example.org",
    "groups": ["everyone"],
}


def _inside(route: str, **parts: Any) -> Event:
    """A request of the account's administrator."""
    admin = factories.an_account()
    return event(route, caller=admin.signed_in, account_id=factories.ACCOUNT, **parts)


def _operator() -> Event:
    admin = {"first_name": "Ann", "last_name": "Admin", "email": "ann@example.org"}
    body = {"account_id": "ab123", "name": "Account", "seats": 10, "admin": admin}
    return event(factories.OPEN_ACCOUNT, caller=factories.an_operator(), body=body)


def _users() -> Event:
    admin = factories.an_account()
    for number in range(9):
        factories.invited(admin, f"user{number}@example.org")
    return event(factories.USERS, caller=admin.signed_in, account_id=factories.ACCOUNT)


def _deactivate() -> Event:
    admin = factories.an_account()
    leaving = factories.a_user(admin)
    return event(
        factories.DEACTIVATE, caller=admin.signed_in, body={}, account_id=factories.ACCOUNT, user_id=leaving.user_id
    )


def _on_somebody(route: str, user_id: str, admin: factories.Person, **body: Any) -> Event:
    return event(route, caller=admin.signed_in, body=body, account_id=factories.ACCOUNT, user_id=user_id)


def _on_an_invitation(route: str, **body: Any) -> Event:
    admin = factories.an_account()
    return _on_somebody(route, sent_before(factories.invited(admin))["user_id"], admin, **body)


def _remove() -> Event:
    admin = factories.an_account()
    return _on_somebody(factories.REMOVE, factories.a_user(admin).user_id, admin)


def _reactivate() -> Event:
    admin = factories.an_account()
    gone = factories.a_user(admin)
    call(factories.DEACTIVATE, caller=admin.signed_in, body={}, account_id=factories.ACCOUNT, user_id=gone.user_id)
    return _on_somebody(factories.REACTIVATE, gone.user_id, admin)


def _with_a_link(route: str) -> Event:
    return event(route, body={"token": factories.token_for(factories.invited(factories.an_account()))})


def _request_new() -> Event:
    return event(
        factories.REQUEST_NEW, body={"token": factories.token_for(overdue(factories.invited(factories.an_account())))}
    )


def _preview() -> Event:
    token = factories.token_for(factories.invited(factories.an_account()))
    return event(factories.PREVIEW, body={"token": token})


def _accept() -> Event:
    token = factories.token_for(factories.invited(factories.an_account()))
    return event(factories.ACCEPT, body=factories.acceptance(token))


def _profile() -> Event:
    body = {"time_zone": "Europe/Berlin", "signature": "Ann"}
    return event(factories.PROFILE, caller=factories.an_account().signed_in, body=body)


def _join() -> Event:
    admin = factories.an_account()
    person = factories.a_user(admin)
    elsewhere = factories.an_account("cd456", admin="cora@example.org")
    again = factories.invited(elsewhere, person.address, account_id="cd456")
    return event(factories.JOIN, caller=person.signed_in, body={"token": factories.token_for(again)})


SCENES: dict[str, Callable[[], Event]] = {
    "operator": _operator,
    "invite": lambda: _inside(factories.INVITE, body=INVITATION),
    "directory": _users,
    "deactivate": _deactivate,
    "resend": lambda: _on_an_invitation(factories.RESEND),
    "invitation_link": lambda: _on_an_invitation(factories.COPY_LINK),
    "revoke": lambda: _on_an_invitation(factories.REVOKE),
    "edit_user": lambda: _on_an_invitation(factories.EDIT, first_name="Leigh"),
    "reactivate": _reactivate,
    "remove_user": _remove,
    "settings": lambda: _inside(factories.SETTINGS, body={"locale": "de"}),
    "decline": lambda: _with_a_link(factories.DECLINE),
    "request_new_link": _request_new,
    "me": lambda: event(factories.ME, caller=factories.an_account().signed_in),
    "profile": _profile,
    "preview": _preview,
    "accept": _accept,
    "join": _join,
    "openapi": lambda: event("GET /v1/openapi.json"),
}


def prepared(name: str) -> Event:
    """The request, in a world of its own."""
    aws_fixture.begin_anew()
    return SCENES[name]()
