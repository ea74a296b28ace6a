"""The small resources that are only read: account, access, groups, me, and what is nowhere."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.model.groups import EVERYONE, first_groups
from shared.domain.model.permissions import ALL
from shared.domain.model.values import iso
from shared.storage_schema import IDENTITIES
from tests import aws_fixture, invoke
from tests.factories import ACCESS, ACCOUNT, GET_ACCOUNT, GROUPS, ME, ActiveUser, a_user, an_operator, invited, joined
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, document, nothing_changes, refused
from tests.table_edits import set_in, set_user, user_row


def test_any_user_sees_the_account() -> None:
    lee = a_user(an_account(seats=4))

    account = call(GET_ACCOUNT, caller=lee.signed_in, account_id=ACCOUNT).body

    assert account == {
        "account_id": ACCOUNT,
        "name": "Account ab123",
        "status": "active",
        "seats": {"limit": 4, "used": 2, "available": 2},
        "counts": {
            "invited": 0,
            "active": 2,
            "expired": 0,
            "declined": 0,
            "inactive": 0,
            "blocked": 0,
            "removed": 0,
        },
        "settings": {
            "invite_profile": "full",
            "default_group": "everyone",
            "allow_link_copy": True,
            "locale": "en",
            "daily_mail_limit": 1_000,
            "help_url": None,
            "global_permissions": [],
        },
    }


@pytest.mark.parametrize(
    ("search", "found"),
    [("", ["administrators", "everyone"]), ("ADM", ["administrators"]), ("dmin", []), (" every ", ["everyone"])],
)
def test_groups_are_found_by_how_their_names_begin(search: str, found: list[str]) -> None:
    ann = an_account()

    groups = call(GROUPS, caller=ann.signed_in, account_id=ACCOUNT, query={"search": search}).body["data"]

    assert [group["group_id"] for group in groups] == found


def test_any_user_sees_the_groups_the_default_one_first() -> None:
    lee = a_user(an_account())

    groups = call(GROUPS, caller=lee.signed_in, account_id=ACCOUNT).body

    everyone = first_groups(ACCOUNT).groups[EVERYONE]
    assert groups == {
        "data": [
            {
                "group_id": "administrators",
                "name": "Administrators",
                "description": "May do everything.",
                "default": True,
                "permissions": sorted(ALL),
                "user_count": 1,
                "version": 1,
            },
            {
                "group_id": "everyone",
                "name": "Everyone",
                "description": everyone.description,
                "default": False,
                "permissions": sorted(everyone.permissions),
                "user_count": 1,
                "version": 1,
            },
        ],
        "next_cursor": None,
    }


# ---- access ----


def test_an_administrator_may_do_everything() -> None:
    ann = an_account()

    access = call(ACCESS, caller=ann.signed_in, account_id=ACCOUNT).body

    assert access | {"identity_id": 0} == {
        "user_id": ann.user_id,
        "identity_id": 0,
        "status": "active",
        "admin": True,
        "groups": [{"group_id": "administrators", "name": "Administrators"}],
        "permissions": sorted(ALL),
        "sources": {name: ["admin"] for name in ALL},
        "kind": "user",
    }


def test_anybody_else_may_do_what_groups_and_exceptions_say() -> None:
    given = {"allow": ["journal.view"], "deny": ["users.view"]}
    lee = a_user(an_account(), permissions=given)

    access = call(ACCESS, caller=lee.signed_in, account_id=ACCOUNT).body

    permissions = set(first_groups(ACCOUNT).groups[EVERYONE].permissions) - {"users.view"} | {"journal.view"}
    assert (access["admin"], access["permissions"]) == (False, sorted(permissions))
    assert access["sources"] == {name: ["group: Everyone"] for name in permissions} | {"journal.view": ["own"]}


def test_a_permission_from_two_sources_names_both() -> None:
    lee = a_user(an_account(), permissions={"allow": ["tasks.view"]})

    access = call(ACCESS, caller=lee.signed_in, account_id=ACCOUNT).body

    assert access["sources"]["tasks.view"] == ["group: Everyone", "own"]


@pytest.mark.parametrize(("minutes", "is_noted"), [(0, False), (14.9, False), (15, True), (16, True), (None, True)])
def test_someone_who_asks_is_seen_at_most_every_fifteen_minutes(minutes: float | None, is_noted: bool) -> None:
    ann = an_account()
    seen_at = iso(datetime.now(UTC) - timedelta(minutes=minutes)) if minutes is not None else None
    set_user({"account_id": ACCOUNT, "user_id": ann.user_id}, last_seen_at=seen_at)
    before = user_row(ann.user_id)

    call(ACCESS, caller=ann.signed_in, account_id=ACCOUNT)

    after = user_row(ann.user_id)
    assert (after.get("last_seen_at") != seen_at) is is_noted
    assert after["version"] == before["version"]
    assert after | {"last_seen_at": 0} == before | {"last_seen_at": 0}


def test_reading_account_groups_and_me_notes_no_visit() -> None:
    ann = an_account()
    set_user({"account_id": ACCOUNT, "user_id": ann.user_id}, last_seen_at="2026-01-01T00:00:00.000Z")

    with nothing_changes():
        answers = [
            call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT),
            call(GROUPS, caller=ann.signed_in, account_id=ACCOUNT),
            call(ME, caller=ann.signed_in),
        ]

    assert [answer.status for answer in answers] == [200] * 3


# ---- me ----


def test_a_person_sees_their_identity_and_the_accounts_that_they_may_enter() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann, admin=True)
    in_zz999 = joined("zz999", invited(zoe, account_id="zz999"))

    me = call(ME, caller=lee.signed_in).body

    assert me | {"identity_id": 0} == {
        "identity_id": 0,
        "email": "lee@example.org",
        "first_name": "Lee",
        "last_name": "Sherron",
        "locale": "en",
        "phone": None,
        "profile": None,
        "accounts": [
            {"account_id": ACCOUNT, "name": "Account ab123", "user_id": lee.user_id, "status": "active", "admin": True},
            {
                "account_id": "zz999",
                "name": "Account zz999",
                "user_id": in_zz999.user_id,
                "status": "active",
                "admin": False,
            },
        ],
        "ended_accounts": [],
    }


@pytest.mark.parametrize(
    ("status", "shown"),
    [("blocked", ["blocked"]), ("inactive", ["inactive"]), ("removed", ["inactive"]), ("invited", [])],
)
def test_an_account_that_they_may_not_enter_is_shown_apart_if_they_came_into_it(status: str, shown: list[str]) -> None:
    ann = an_account()
    lee = a_user(ann)
    set_user({"account_id": ACCOUNT, "user_id": lee.user_id}, status=status)

    me = call(ME, caller=lee.signed_in).body

    assert me["accounts"] == []
    assert me["ended_accounts"] == [{"account_id": ACCOUNT, "name": "Account ab123", "status": each} for each in shown]


def test_an_operator_is_a_person_too() -> None:
    me = call(ME, caller=an_operator()).body

    assert (me["email"], me["accounts"]) == ("operator@usher.example", [])


def test_a_blocked_identity_sees_nothing() -> None:
    ann = an_account()
    [identity] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == ann.address]
    set_in(IDENTITIES, {"pk": identity["pk"]}, blocked=True)

    answers = [call(ME, caller=ann.signed_in), call(ACCESS, caller=ann.signed_in, account_id=ACCOUNT)]

    assert [refused(answer) for answer in answers] == [(401, "unauthorized")] * 2


# ---- the document, and what is nowhere ----


def test_anybody_may_read_the_document() -> None:
    answer = call_document()

    assert (answer.status, answer.body) == (200, document())
    assert answer.headers["content-type"] == "application/json"


def call_document() -> invoke.Answer:
    return invoke.call("GET /v1/openapi.json")


@pytest.mark.parametrize("caller", [None, ActiveUser])
def test_what_is_nowhere_is_answered_as_a_problem(caller: object) -> None:
    signed_in = an_account().signed_in if caller else None

    answer = invoke.call("$default", caller=signed_in, raw="{")

    body = answer.body
    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")
    assert body | {"request_id": 0} == {
        "type": "urn:usher:problem:not_found",
        "title": "Not found",
        "status": 404,
        "code": "not_found",
        "detail": "This does not exist, or you do not have access to it.",
        "request_id": 0,
    }
