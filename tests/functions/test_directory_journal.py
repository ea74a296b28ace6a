import json
from typing import Any

import pytest

from shared.adapters.dynamodb import journal_queries
from tests.factories import ACCOUNT, DEACTIVATE, JOURNAL, ActiveUser, a_user, accepted, invited, token_for
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, refused, wrong_fields
from tests.invoke import Answer


def read_journal(by: ActiveUser, **query: str) -> Answer:
    return call(JOURNAL, caller=by.signed_in, account_id=ACCOUNT, query=query)


def kinds(answer: Answer) -> list[str]:
    return [entry["type"] for entry in answer.body["data"]]


def a_story() -> tuple[ActiveUser, ActiveUser]:
    """An account in which something has happened."""
    ann = an_account()
    lee = a_user(ann)
    invited(ann, "bea@example.org")
    call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id, body={})
    return ann, lee


STORY = [
    "user.deactivated",
    "user.invited",
    "user.joined",
    "user.invited",
    "user.joined",
    "account.created",
    "user.invited",
]


def test_the_newest_comes_first() -> None:
    ann, _ = a_story()

    answer = read_journal(ann)

    times = [entry["at"] for entry in answer.body["data"]]
    assert sorted(kinds(answer)) == sorted(STORY)
    assert kinds(answer)[:5] == STORY[:5]
    assert times == sorted(times, reverse=True)
    assert answer.body["next_cursor"] is None


def test_who_did_what_to_whom_is_told_by_ids() -> None:
    ann, lee = a_story()

    [entry] = [entry for entry in read_journal(ann).body["data"] if entry["type"] == "user.deactivated"]

    assert (entry["actor"], entry["user_id"]) == (ann.user_id, lee.user_id)
    assert (entry["before"], entry["after"]) == ({"status": "active"}, {"status": "inactive"})


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        ({"type": "user.joined"}, ["user.joined", "user.joined"]),
        ({"type": "invitation.expired"}, []),
        ({"user_id": "lee"}, ["user.deactivated", "user.joined", "user.invited"]),
        ({"user_id": "lee", "type": "user.invited"}, ["user.invited"]),
        ({"user_id": "z" * 26}, []),
    ],
)
def test_it_is_filtered_by_user_and_by_type(filters: dict[str, str], shown: list[str]) -> None:
    ann, lee = a_story()
    query = {name: lee.user_id if value == "lee" else value for name, value in filters.items()}

    answer = read_journal(ann, **query)

    assert kinds(answer) == shown


@pytest.mark.parametrize("filters", [{}, {"type": "user.invited"}, {"user_id": "lee"}])
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_show_every_entry_once(filters: dict[str, str], limit: int) -> None:
    ann, lee = a_story()
    query = {name: lee.user_id if value == "lee" else value for name, value in filters.items()}
    whole = read_journal(ann, **query).body["data"]

    pages: list[list[dict[str, Any]]] = []
    cursor: dict[str, str] = {}
    for _ in whole:
        body = read_journal(ann, limit=str(limit), **query, **cursor).body
        pages.append(body["data"])
        if body["next_cursor"] is None:
            break
        cursor = {"cursor": body["next_cursor"]}

    assert body["next_cursor"] is None
    assert [entry for page in pages for entry in page] == whole
    assert {len(page) for page in pages[:-1]} <= {limit}
    assert 0 < len(pages[-1]) <= limit


def test_a_page_of_a_rare_kind_ends_before_everything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    ann, _ = a_story()
    monkeypatch.setattr(journal_queries, "MAX_ENTRIES_PER_READ", 2)
    monkeypatch.setattr(journal_queries, "MAX_EXAMINED_ENTRIES", 4)

    pages = [read_journal(ann, type="account.created", limit="1")]
    while cursor := pages[-1].body["next_cursor"]:
        pages.append(read_journal(ann, type="account.created", limit="1", cursor=cursor))

    assert [kinds(page) for page in pages] == [[], ["account.created"]]


def test_the_journal_holds_no_personal_data() -> None:
    ann = an_account()
    phone = {"country_code": "+44", "number": "2079460000"}
    user = invited(ann, "canary@gelb.example", first_name="Canaria", last_name="Gelb", message="Pssst", phone=phone)
    accepted(token_for(user), first_name="Canaria", last_name="Gelb", security_answer="Wellensittich")

    told = json.dumps(read_journal(ann).body).casefold()

    assert "user.joined" in told
    for personal in ("canar", "gelb", "pssst", "2079460000", "wellensittich", "ann@", "example.org"):
        assert personal not in told


def test_another_accounts_entries_are_not_in_it() -> None:
    ann, zoe = two_accounts()
    other = a_user(zoe, account_id="zz999")

    everything = read_journal(ann)
    by_user = read_journal(ann, user_id=other.user_id)

    assert {entry["user_id"] for entry in everything.body["data"]} == {ann.user_id, None}
    assert by_user.body["data"] == []


def test_only_someone_who_may_view_it_sees_it() -> None:
    ann = an_account()
    lee = a_user(ann)
    bea = a_user(ann, "bea@example.org", permissions={"allow": ["journal.view"]})

    answers = [read_journal(lee), read_journal(bea)]

    assert refused(answers[0]) == (403, "not_allowed")
    assert answers[1].status == 200


@pytest.mark.parametrize(
    "query",
    [
        {"user_id": "l" * 101},
        {"type": "user.vanished"},
        {"limit": "0"},
        {"limit": "101"},
        {"cursor": "!"},
        {"since": "2026"},
    ],
)
def test_a_query_that_cannot_be_is_refused(query: dict[str, str]) -> None:
    ann = an_account()

    answer = read_journal(ann, **query)

    assert wrong_fields(answer) == set(query)


@pytest.mark.parametrize("user_id", ["lee", "L" * 26, "z" * 26])
def test_no_entries_are_about_someone_who_is_not_there(user_id: str) -> None:
    assert read_journal(an_account(), user_id=user_id).body == {"data": [], "next_cursor": None}
