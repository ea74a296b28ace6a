"""No page is cut silently: over a hundred users, page by page, in every order."""

from datetime import timedelta
from typing import Any, get_args

import pytest

from shared.adapters.dynamodb.search_items import Sort
from shared.domain.model.users import Status, User
from tests import factories
from tests.bench.metering import metered
from tests.domain_factories import NOW, a_member
from tests.factories import ACCOUNT, USERS, ActiveUser
from tests.functions.cached_fixtures import an_account, cached
from tests.functions.contract import call, refused, wrong_fields
from tests.functions.faults import counting
from tests.table_edits import put_users

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
SORTS = get_args(Sort)
EVERYBODY = ",".join(Status)


def crowd(number: int = 110) -> list[User]:
    """Users of all statuses; some of the same name, some who have never joined, some who joined at one moment."""
    statuses = list(Status)
    return [
        a_member(
            status := statuses[each % len(statuses)],
            user_id=f"{LETTERS[each // 32]}{LETTERS[each % 32]}" + "x" * 24,
            email=f"{LETTERS[each * 7 % 26]}{each}@example.org",
            first_name=f"{LETTERS[each * 5 % 13]}name".title(),
            joined_at=NOW + timedelta(minutes=each // 4) if status in {Status.ACTIVE, Status.INACTIVE} else None,
        )
        for each in range(number)
    ]


def a_crowd() -> ActiveUser:
    """Their administrator."""
    return cached("a crowd", _a_crowd)


def _a_crowd() -> ActiveUser:
    ann = an_account()
    put_users(crowd())
    return ann


def in_pages(by: ActiveUser, *, limit: int, **query: str) -> list[list[dict[str, Any]]]:
    pages: list[list[dict[str, Any]]] = []
    cursor: dict[str, str] = {}
    for _ in range(200):
        given = query | cursor | {"limit": str(limit)}
        body = call(USERS, caller=by.signed_in, account_id=ACCOUNT, query=given).body
        pages.append(body["data"])
        if body["next_cursor"] is None:
            return pages
        cursor = {"cursor": body["next_cursor"]}
    raise AssertionError("The pages come to no end.")


def expected(users: list[dict[str, Any]], sort: str) -> list[str]:
    """The order that was asked for, computed independently: nulls last in either direction."""
    field, reverse = sort.removeprefix("-"), sort.startswith("-")
    if field == "email":
        return [user["user_id"] for user in sorted(users, key=lambda user: user["email"], reverse=reverse)]
    if field == "name":

        def by_name(user: dict[str, Any]) -> tuple[str, str]:
            return f"{user['first_name']} {user['last_name']}".casefold(), user["user_id"]

        return [user["user_id"] for user in sorted(users, key=by_name, reverse=reverse)]
    joined = [user for user in users if user["joined_at"]]
    others = [user for user in users if not user["joined_at"]]
    joined.sort(key=lambda user: (user["joined_at"], user["user_id"]), reverse=reverse)
    return [user["user_id"] for user in [*joined, *sorted(others, key=lambda user: str(user["email"]))]]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("status", [EVERYBODY, "invited,active,removed"])
def test_pages_show_everybody_once_and_in_order(sort: str, status: str) -> None:
    ann = a_crowd()

    pages = in_pages(ann, limit=23, sort=sort, status=status)

    users = [user for page in pages for user in page]
    wanted = {user.user_id for user in crowd() if user.status in status.split(",")} | {ann.user_id}
    assert {user["user_id"] for user in users} == wanted
    assert [user["user_id"] for user in users] == expected(users, sort)
    assert {len(page) for page in pages[:-1]} == {23}


@pytest.mark.parametrize("sort", SORTS)
def test_a_page_of_one_still_comes_to_an_end(sort: str) -> None:
    ann = an_account()
    put_users(crowd(9))

    pages = in_pages(ann, limit=1, sort=sort, status=EVERYBODY)

    assert [len(page) for page in pages] == [1] * 10
    assert len({page[0]["user_id"] for page in pages}) == 10


@pytest.mark.parametrize("sort", SORTS)
def test_a_search_is_paged_too(sort: str) -> None:
    ann = a_crowd()

    pages = in_pages(ann, limit=3, sort=sort, status=EVERYBODY, search="bname")

    found = [user for page in pages for user in page]
    wanted = {user.user_id for user in crowd() if user.first_name == "Bname"}
    assert len(wanted) > 6
    assert {user["user_id"] for user in found} == wanted
    assert [user["user_id"] for user in found] == expected(found, sort)


@pytest.mark.parametrize("sort", SORTS)
def test_what_a_search_finds_is_sorted_across_pages_if_it_is_little(sort: str) -> None:
    ann = an_account()
    few = [user for user in crowd() if user.first_name == "Bname"][:7]
    put_users(few)

    pages = in_pages(ann, limit=2, sort=sort, status=EVERYBODY, search="bname")

    found = [user for page in pages for user in page]
    assert [len(page) for page in pages] == [2, 2, 2, 1]
    assert {user["user_id"] for user in found} == {user.user_id for user in few}
    assert [user["user_id"] for user in found] == expected(found, sort)


def test_a_page_that_holds_exactly_all_has_no_next() -> None:
    ann = an_account()
    put_users(crowd(4))

    pages = in_pages(ann, limit=5, status=EVERYBODY)

    assert [len(page) for page in pages] == [5]


def test_the_last_page_of_a_long_search_has_no_next() -> None:
    ann = an_account()
    put_users([user.model_copy(update={"first_name": "Bname"}) for user in crowd(22)])

    pages = in_pages(ann, limit=11, status=EVERYBODY, search="bname")

    assert [len(page) for page in pages] == [11, 11]


def test_fifty_come_at_once_unless_another_number_is_asked_for() -> None:
    ann = a_crowd()

    body = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query={"status": EVERYBODY}).body

    assert len(body["data"]) == 50


def test_someone_who_goes_between_two_pages_cuts_nobody_else() -> None:
    ann = an_account()
    put_users(crowd(9))
    first = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query={"status": EVERYBODY, "limit": "4"}).body
    gone = first["data"][-1]["user_id"]

    put_users([user.model_copy(update={"first_name": "Aaa"}) for user in crowd(9) if user.user_id == gone])
    query = {"status": EVERYBODY, "limit": "100", "cursor": first["next_cursor"]}
    second = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query=query).body

    shown = [user["user_id"] for page in (first, second) for user in page["data"]]
    assert len(shown) == len(set(shown)) == 10


def test_someone_who_goes_between_two_pages_of_a_long_search_cuts_nobody_else() -> None:
    ann = an_account()
    named = [user.model_copy(update={"first_name": "Bname"}) for user in crowd(77)]
    put_users(named)
    query = {"status": EVERYBODY, "search": "bname", "limit": "2"}
    first = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query=query).body
    gone = first["data"][-1]["user_id"]

    put_users([user.model_copy(update={"first_name": "Aaa"}) for user in named if user.user_id == gone])
    pages = [first]
    with metered() as calls:
        while cursor := pages[-1]["next_cursor"]:
            pages.append(call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query=query | {"cursor": cursor}).body)

    shown = [user["user_id"] for page in pages for user in page["data"]]
    limits = [made.asked["Limit"] for made in calls.made if made.operation == "Query"]
    assert min(limits) > 0  # DynamoDB refuses others.
    assert {len(page["data"]) for page in pages[:-1]} == {2}
    assert (len(shown), set(shown)) == (77, {user.user_id for user in named})


def test_the_usual_page_takes_one_read_and_one_query() -> None:
    ann = a_crowd()

    with counting("dynamodb") as made:
        call(USERS, caller=ann.signed_in, account_id=ACCOUNT)

    assert made == ["BatchGetItem", "Query"]


def test_the_usual_page_reads_hardly_more_than_it_shows() -> None:
    ann = a_crowd()

    with metered() as calls:
        call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query={"limit": "5"})

    assert [made.answered["ScannedCount"] for made in calls.made if made.operation == "Query"] == [6]


OTHER_LISTS: list[dict[str, str]] = [
    {"sort": "-name"},
    {"sort": "email"},
    {"sort": "joined_at"},
    {"status": "active"},
    {"status": "all"},
    {"search": "a"},
]


@pytest.mark.parametrize("query", OTHER_LISTS, ids=str)
def test_the_cursor_of_one_list_is_refused_by_another(query: dict[str, str]) -> None:
    ann = a_crowd()
    cursor = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query={"limit": "2"}).body["next_cursor"]

    answers = [
        call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query={"cursor": cursor} | each) for each in ({}, query)
    ]

    assert answers[0].status == 200
    assert refused(answers[1]) == (422, "invalid_request")
    assert wrong_fields(answers[1]) == {"cursor"}


def test_an_empty_cursor_is_refused() -> None:
    ann = a_crowd()

    assert wrong_fields(call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query={"cursor": ""})) == {"cursor"}


def test_a_cursor_of_one_search_is_refused_by_another() -> None:
    ann = a_crowd()
    query = {"limit": "1", "status": EVERYBODY}
    cursor = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query=query | {"search": "bn"}).body["next_cursor"]

    codes = {
        search: call(
            USERS, caller=ann.signed_in, account_id=ACCOUNT, query=query | {"search": search, "cursor": cursor}
        ).status
        for search in ("bn", " BN", "cn", "b")
    }

    assert codes == {"bn": 200, " BN": 200, "cn": 422, "b": 422}


def test_a_cursor_of_another_account_is_refused() -> None:
    ann = a_crowd()
    bea = factories.an_account("cd456", admin="bea@example.org")
    cursor = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query={"limit": "2"}).body["next_cursor"]

    answer = call(USERS, caller=bea.signed_in, account_id="cd456", query={"cursor": cursor})

    assert wrong_fields(answer) == {"cursor"}


def test_a_sorted_search_shows_also_whom_it_finds_by_then() -> None:
    ann = an_account()
    found = [user for user in crowd(250) if user.first_name == "Bname"]
    put_users(found[:7])
    query = {"sort": "email", "status": EVERYBODY, "search": "bname", "limit": "3"}

    first = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query=query).body
    put_users(found)
    shown, cursor = list(first["data"]), first["next_cursor"]
    while cursor:
        page = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query={**query, "cursor": cursor}).body
        shown, cursor = shown + page["data"], page["next_cursor"]

    last_of_first = first["data"][-1]["email"]
    expected_behind = {user.user_id for user in found if user.email > last_of_first}
    assert len(found) > 11
    assert expected_behind <= {user["user_id"] for user in shown}


@pytest.mark.parametrize("query", [{"search": "b"}, {"group": "everyone"}])
def test_a_short_page_of_few_among_many_takes_few_requests(query: dict[str, str]) -> None:
    ann = a_crowd()

    with counting("dynamodb") as made:
        call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query={"kind": "partner", "limit": "1", **query})

    assert len(made) <= 20
