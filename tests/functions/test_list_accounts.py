"""Operators list and search accounts."""

from typing import Any

import pytest

from shared.adapters.dynamodb.search_index import open_search_index
from shared.storage_schema import SEARCH
from tests import aws_fixture
from tests.factories import LIST_ACCOUNTS, OPEN_ACCOUNT, SUSPEND, an_operator, new_account
from tests.functions.cached_fixtures import an_account, cached
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.faults import counting

NAMES = {
    "ab123": "Northwind Traders",
    "ab1234": "Ähre & Söhne",
    "cd456": "North-North West",
    "zz999": "Traders of the South",
}


def accounts() -> None:
    """Four accounts, opened once in each process."""

    def opened() -> None:
        for account_id, name in NAMES.items():
            body = new_account(account_id, seats=3, admin="ann@example.org", name=name)
            assert call(OPEN_ACCOUNT, caller=an_operator(), body=body).status == 201

    cached("four accounts", opened)


def listed(**query: str) -> list[str]:
    answer = call(LIST_ACCOUNTS, caller=an_operator(), query=query)
    assert answer.status == 200, answer.text
    return [account["account_id"] for account in answer.body["data"]]


def test_accounts_are_listed_by_app_id_as_they_are_now() -> None:
    accounts()
    call(SUSPEND, caller=an_operator(), account_id="cd456", body={})

    answer = call(LIST_ACCOUNTS, caller=an_operator())

    assert [(each["account_id"], each["name"]) for each in answer.body["data"]] == list(NAMES.items())
    assert [each["status"] for each in answer.body["data"]] == ["active", "active", "suspended", "active"]
    assert answer.body["data"][0]["seats"] == {"limit": 3, "used": 1, "available": 2}
    assert answer.body["next_cursor"] is None


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("AB123", ["ab123", "ab1234"]),
        ("ab1234", ["ab1234"]),
        ("north", ["cd456", "ab123"]),
        ("traders", ["ab123", "zz999"]),
        ("NORTHWIND TR", ["ab123"]),
        ("north west", ["cd456"]),
        ("ähre", ["ab1234"]),
        ("söh", ["ab1234"]),
        ("orth", []),
        ("ab123 ", ["ab123", "ab1234"]),
        ("#", []),
        ("word#", []),
    ],
)
def test_a_search_finds_the_beginning_of_app_id_or_of_a_word(search: str, expected: list[str]) -> None:
    accounts()

    assert sorted(listed(search=search)) == sorted(expected)


@pytest.mark.parametrize("search", ["", "north", "a"])
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_hold_each_account_once(search: str, limit: int) -> None:
    accounts()
    whole = listed(search=search)
    found: list[str] = []
    query: dict[str, Any] = {"search": search, "limit": str(limit)}

    while True:
        page = call(LIST_ACCOUNTS, caller=an_operator(), query=query).body
        assert len(page["data"]) <= limit
        found += [account["account_id"] for account in page["data"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]

    assert found == whole
    assert len(found) == len(set(found)) >= 2


def test_a_cursor_of_another_search_is_refused() -> None:
    accounts()
    cursor = call(LIST_ACCOUNTS, caller=an_operator(), query={"limit": "1"}).body["next_cursor"]

    answers = [
        call(LIST_ACCOUNTS, caller=an_operator(), query=query)
        for query in ({"search": "north", "cursor": cursor}, {"cursor": "x" + cursor}, {"limit": "0"})
    ]

    assert [wrong_fields(answer) for answer in answers] == [{"cursor"}, {"cursor"}, {"limit"}]


def test_a_search_reads_what_it_finds() -> None:
    accounts()

    operator = an_operator()
    with counting("dynamodb") as made:
        call(LIST_ACCOUNTS, caller=operator, query={"search": "northwind"})

    assert made.count("Query") == 1
    assert made.count("BatchGetItem") == 2


def test_only_operators_list_accounts() -> None:
    ann = an_account()

    with nothing_changes():
        answer = refused(call(LIST_ACCOUNTS, caller=ann.signed_in))

    assert answer == (403, "not_allowed")


def test_the_list_is_made_again_from_the_accounts() -> None:
    accounts()
    complete = listed()
    for row in aws_fixture.items(SEARCH):
        key = {name: {"S": row[name]} for name in ("pk", "sk")}
        aws_fixture.dynamodb.delete_item(TableName=aws_fixture.physical(SEARCH), Key=key)
    empty = listed()

    for account_id in NAMES:
        open_search_index().rebuild(account_id)

    assert (empty, listed()) == ([], complete)
