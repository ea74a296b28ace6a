"""Filters of the Users page, alone and together, in every order (rule 33)."""

from typing import get_args

import pytest

from shared.adapters.dynamodb.search_items import Sort
from shared.domain.model.users import Status, User
from tests.domain_factories import a_member
from tests.factories import ACCOUNT, USERS, ActiveUser, invited
from tests.functions.cached_fixtures import an_account, cached
from tests.functions.contract import call, wrong_fields
from tests.invoke import Answer
from tests.table_edits import put_users

KINDS = [("user", False, ("everyone",)), ("user", True, ("administrators",)), ("partner", False, ("everyone", "sales"))]


def company() -> list[User]:
    """Three people of each status: a user of one group, an administrator, a partner of two groups."""
    return [
        a_member(
            status,
            user_id="abcdefghijklmnopqrstuvwxyz"[number * 3 + at] * 26,
            email=f"{kind}{at}.{status}@example.org",
            first_name=f"{'Zyx'[at]}{status}",
            kind=kind,
            admin=admin,
            groups=groups,
        )
        for number, status in enumerate(Status)
        for at, (kind, admin, groups) in enumerate(KINDS)
    ]


def a_company() -> ActiveUser:
    """Their administrator, who is one more."""
    return cached("a company", _a_company)


def _a_company() -> ActiveUser:
    ann = an_account()
    put_users(company())
    return ann


def list_users(by: ActiveUser, **query: str) -> Answer:
    return call(USERS, caller=by.signed_in, account_id=ACCOUNT, query=query)


def emails(answer: Answer) -> set[str]:
    assert answer.status == 200, answer.text
    return {user["email"] for user in answer.body["data"]} - {"ann@example.org"}


def wanted(statuses: set[str], **attributes: object) -> set[str]:
    return {
        user.email
        for user in company()
        if user.status in statuses and all(getattr(user, name) == value for name, value in attributes.items())
    }


CURRENT = {"invited", "expired", "active"}


@pytest.mark.parametrize("sort", get_args(Sort))
@pytest.mark.parametrize("statuses", ["", "inactive", "inactive,active", "removed,blocked", "all"])
def test_each_filter_lets_through_whom_it_names(sort: str, statuses: str) -> None:
    ann = a_company()
    everyone: set[str] = {status.value for status in Status}
    named = set(statuses.split(",")) if statuses else CURRENT
    shown = everyone - {"removed"} if statuses == "all" else named
    query = {"sort": sort} | ({"status": statuses} if statuses else {})

    found = {
        each: emails(list_users(ann, **query, **dict([each.split("=")])))
        for each in (
            "kind=partner",
            "kind=user",
            "admin=true",
            "admin=false",
            "group=administrators",
            "group=everyone",
            "group=sales",
            "group=unknown",
        )
    }

    in_everyone = wanted(shown, groups=("everyone",)) | wanted(shown, kind="partner")
    assert found == {
        "kind=partner": wanted(shown, kind="partner"),
        "kind=user": wanted(shown, kind="user"),
        "admin=true": wanted(shown, admin=True),
        "admin=false": wanted(shown, admin=False),
        "group=administrators": wanted(shown, admin=True),
        "group=everyone": in_everyone,
        "group=sales": wanted(shown, kind="partner"),
        "group=unknown": set(),
    }


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"group": "everyone", "kind": "partner"}, {"partner2.invited", "partner2.expired", "partner2.active"}),
        ({"group": "everyone", "kind": "user"}, {"user0.invited", "user0.expired", "user0.active"}),
        ({"group": "sales", "admin": "true"}, set()),
        ({"admin": "true", "kind": "partner"}, set()),
        ({"kind": "partner", "search": "xact"}, {"partner2.active"}),
        ({"group": "everyone", "search": "user"}, {"user0.invited", "user0.expired", "user0.active"}),
        ({"admin": "true", "search": "zactive"}, set()),
        ({"email": "partner2.active@example.org"}, {"partner2.active"}),
        ({"email": "Partner2.ACTIVE@EXAMPLE.org"}, {"partner2.active"}),
        ({"email": "partner2.inactive@example.org"}, set()),
        ({"email": "partner2.active@example.org", "kind": "user"}, set()),
        ({"email": "partner2.active@example.org", "search": "xact"}, {"partner2.active"}),
        ({"email": "partner2.active@example.org", "search": "zact"}, set()),
        ({"email": "nobody@example.org"}, set()),
    ],
    ids=lambda value: str(sorted(value)),  # The order of a set differs between the processes that run the tests.
)
def test_filters_hold_together(query: dict[str, str], shown: set[str]) -> None:
    ann = a_company()
    if "email" in query:
        user = call_to_invite(ann)
        assert user["email"] == "partner2.active@example.org"

    answer = list_users(ann, **query)

    assert {email.partition("@")[0] for email in emails(answer)} == shown


def call_to_invite(by: ActiveUser) -> dict[str, str]:
    """Someone of that address, under the id that derives from it, in place of the one of the company."""
    user = invited(by, "partner2.active@example.org")
    [stored] = [each for each in company() if each.email == user["email"]]
    put_users([stored.model_copy(update={"user_id": user["user_id"]})])
    return user


def test_only_the_status_is_counted_where_there_is_more_than_a_page() -> None:
    ann = a_company()

    totals = [
        list_users(ann, **query, limit="1").body["total"]
        for query in ({}, {"kind": "user"}, {"admin": "false"}, {"group": "everyone"}, {"email": "ann@example.org"})
    ]

    assert totals == [1, None, None, None, 1]


@pytest.mark.parametrize("sort", ["name", "-email", "joined_at"])
@pytest.mark.parametrize(
    "query", [{"kind": "user"}, {"admin": "false"}, {"group": "everyone"}, {"status": "inactive,active"}], ids=str
)
def test_a_filtered_list_is_paged_in_order(query: dict[str, str], sort: str) -> None:
    ann = a_company()
    whole = [user["user_id"] for user in list_users(ann, sort=sort, **query).body["data"]]
    pages: list[str] = []
    cursor: dict[str, str] = {}

    for _ in range(20):
        body = list_users(ann, sort=sort, limit="2", **query, **cursor).body
        pages += [user["user_id"] for user in body["data"]]
        if body["next_cursor"] is None:
            break
        cursor = {"cursor": body["next_cursor"]}

    assert len(whole) > 4
    assert pages == whole


@pytest.mark.parametrize("letters", ["ab", "abc"])
def test_a_search_that_finds_more_than_a_page_shows_everybody_once(letters: str) -> None:
    ann = an_account()
    people = [
        a_member(
            [Status.ACTIVE, Status.INVITED, Status.EXPIRED][at % 3],
            user_id=f"{first}{second}" + "z" * 24,
            email=f"{'eve' if at % 2 else 'x'}.{first}{second}@example.org",
            first_name="Eve" if at % 5 else "Adam",
            last_name=f"Evers {first}{second}",
        )
        for at, (first, second) in enumerate((one, other) for one in letters for other in "abcdefghijkl")
    ]
    put_users(people)
    found: list[str] = []
    cursor: dict[str, str] = {}

    for _ in range(60):
        body = list_users(ann, search="eve", limit="3", **cursor).body
        found += [user["user_id"] for user in body["data"]]
        if body["next_cursor"] is None:
            break
        cursor = {"cursor": body["next_cursor"]}

    assert len(found) == len(set(found))
    assert set(found) == {user.user_id for user in people}


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "robot"},
        {"admin": "maybe"},
        {"admin": "1"},
        {"records_waiting": "yes"},
        {"email": "no address"},
        {"group": ""},
        {"group": "g" * 41},
    ],
    ids=str,
)
def test_a_filter_that_cannot_be_is_refused(query: dict[str, str]) -> None:
    ann = an_account()

    assert wrong_fields(list_users(ann, **query)) == set(query)
