import pytest

from shared.domain.model.users import Status
from tests.domain_factories import a_member
from tests.factories import ACCOUNT, DEACTIVATE, USER, USERS, ActiveUser, a_user, accepted, invited, token_for
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, refused, wrong_fields
from tests.invoke import Answer, wake
from tests.table_edits import indexed, overdue, put_users, set_user

NAMES = [
    "\u00c5sa Berg",
    "\u00d8rjan Zimmer",
    "ada Lovelace",
    "Zo\u00eb Zebra",
    "\u00c9mile Zola",
    "Bob Berg",
    "\u674e \u5c0f\u9f99",
]


def test_nobody_is_found_by_an_id_that_nobody_has() -> None:
    ann = an_account()

    answer = call(USER, caller=ann.signed_in, account_id=ACCOUNT, user_id="z" * 26)

    assert refused(answer) == (404, "not_found")


def list_users(by: ActiveUser, **query: str) -> Answer:
    indexed()
    return call(USERS, caller=by.signed_in, account_id=ACCOUNT, query=query)


def emails(answer: Answer) -> list[str]:
    return [user["email"].partition("@")[0] for user in answer.body["data"]]


def one_of_each_status() -> None:
    """Users of every status, each named after it."""
    put_users(
        a_member(status, user_id=f"{number}" * 26, email=f"{status}@example.org", first_name=status, last_name="X")
        for number, status in enumerate(Status, 2)
        if status is not Status.ACTIVE
    )


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (None, ["ann", "expired", "invited"]),
        ("invited", ["invited"]),
        ("invited,blocked", ["blocked", "invited"]),
        ("removed", ["removed"]),
        ("removed,active", ["ann", "removed"]),
        ("declined,inactive,blocked", ["blocked", "declined", "inactive"]),
        ("all", ["ann", "blocked", "declined", "expired", "inactive", "invited"]),
    ],
)
@pytest.mark.parametrize("sort", ["name", "email"])
def test_a_filter_lets_its_statuses_through(status: str | None, shown: list[str], sort: str) -> None:
    ann = an_account()
    one_of_each_status()

    answer = list_users(ann, sort=sort, **({"status": status} if status else {}))

    assert (emails(answer), answer.body["next_cursor"]) == (shown, None)


def test_the_total_counts_all_that_the_filter_lets_through() -> None:
    ann = an_account()
    for number in range(3):
        invited(ann, f"u{number}@example.org")
    lee = a_user(ann)
    call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id, body={})

    totals = {
        status: list_users(ann, status=status, limit="1").body["total"]
        for status in ("invited", "active", "inactive", "invited,active", "all", "removed")
    }

    assert totals == {"invited": 3, "active": 1, "inactive": 1, "invited,active": 4, "all": 5, "removed": 0}
    assert list_users(ann).body["total"] == 4
    assert list_users(ann, search="u").body["total"] is None
    assert list_users(ann, search=" ").body["total"] == list_users(ann, search="'").body["total"] == 4


def test_with_another_filter_the_total_is_known_where_all_are_on_one_page() -> None:
    ann = an_account()
    for number in range(3):
        invited(ann, f"u{number}@example.org")

    assert list_users(ann, admin="false").body["total"] == 3
    assert list_users(ann, admin="true").body["total"] == 1
    assert list_users(ann, email="u1@example.org").body["total"] == 1
    assert list_users(ann, email="nobody@example.org").body["total"] == 0
    first = list_users(ann, admin="false", limit="2").body
    assert (first["total"], list_users(ann, admin="false", limit="2", cursor=first["next_cursor"]).body["total"]) == (
        None,
        None,
    )
    assert list_users(ann, admin="false", search="u").body["total"] is None


def test_names_are_sorted_as_people_sort_them() -> None:
    ann = an_account()
    put_users(
        a_member(user_id=letter * 26, email=f"{letter}@x.org", first_name=name.split()[0], last_name=name.split()[1])
        for letter, name in zip("abcdefg", NAMES, strict=True)
    )

    answer = list_users(ann)

    shown = [f"{user['first_name']} {user['last_name']}" for user in answer.body["data"]]
    expected = [
        "ada Lovelace",
        "Ann Admin",
        "\u00c5sa Berg",
        "Bob Berg",
        "\u00c9mile Zola",
        "\u00d8rjan Zimmer",
        "Zo\u00eb Zebra",
    ]
    assert shown == [*expected, "\u674e \u5c0f\u9f99"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("le", ["lee", "leo"]),
        ("LEE", ["lee"]),
        ("sherr", ["lee"]),
        ("lee sherr", ["lee"]),
        ("lee@", ["lee"]),
        ("LEE@EXAMPLE", ["lee"]),
        ("  leo  ", ["leo"]),
        ("\uff2c\uff45\uff4f", ["leo"]),
        ("stra\u00dfe", ["leo"]),
        ("STRASSE", ["leo"]),
        ("jos\u00e9", ["jose.x"]),
        ("Jose", ["jose.x"]),
        ("jose maria oc", ["jose.x"]),
        ("oconnor gar", ["jose.x"]),
        ("O\u2019Connor\u200b  Gar", ["jose.x"]),
        ("jose.x@b\u00fccher.example", ["jose.x"]),
        ("JOSE.X@B\u00dcCHER.Example", ["jose.x"]),
        ("jose.x@xn--bcher-kva.example", ["jose.x"]),
        ("ee", []),
        ("herron", []),
        ("example", []),
        ("%", []),
        ("inactive", []),
    ],
)
def test_a_search_finds_beginnings_of_names_and_addresses(search: str, found: list[str]) -> None:
    ann = an_account()
    put_users(
        [
            a_member(user_id="c" * 26, first_name="Lee", last_name="Sherron", email="lee@example.org"),
            a_member(user_id="d" * 26, first_name="Leo", last_name="Stra\u00dfe", email="leo@example.org"),
            a_member(
                user_id="f" * 26,
                first_name="Jos\u00e9  Mar\u00eda",
                last_name="O'Connor Gar\u00e7ia",
                email="jose.x@xn--bcher-kva.example",
            ),
            a_member(Status.INACTIVE, user_id="e" * 26, first_name="Inactive", last_name="X", email="old@example.org"),
        ]
    )

    answer = list_users(ann, search=search)

    assert emails(answer) == found


def test_a_last_name_is_found_behind_more_words_than_a_search_knows() -> None:
    ann = an_account()
    invited(ann, first_name=" ".join(["Jo"] * 12), last_name="Zuckerrohr", groups=["everyone"])
    indexed()

    assert emails(list_users(ann, search="zucker")) == ["lee"]


def test_the_longest_address_that_exists_can_be_searched_for() -> None:
    ann = an_account()
    address = f"{'l' * 64}@{'x' * 50}.example"
    invited(ann, address)

    assert [user["email"] for user in list_users(ann, search=address).body["data"]] == [address]
    assert list_users(ann, search="x" * 254).body["data"] == []


def test_an_overdue_invitation_is_shown_expired_and_filtered_so_once_swept() -> None:
    ann = an_account()
    overdue(invited(ann))

    before = {status: list_users(ann, status=status).body["data"] for status in ("invited", "expired")}
    wake("expire")
    after = {status: list_users(ann, status=status).body["data"] for status in ("invited", "expired")}

    assert [user["status"] for user in before["invited"]] == ["expired"]
    assert (before["expired"], after["invited"]) == ([], [])
    assert [user["status"] for user in after["expired"]] == ["expired"]


def test_one_user_is_shown_as_the_list_shows_them() -> None:
    ann = an_account()
    user = invited(ann, admin=True)

    one = call(USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"])

    assert one.status == 200
    assert one.body == user
    assert one.body in list_users(ann).body["data"]


def test_someone_who_has_joined_shows_no_invitation_and_their_actions() -> None:
    ann = an_account()
    lee = a_user(ann)

    shown = call(USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id).body
    seen_by_lee = call(USER, caller=lee.signed_in, account_id=ACCOUNT, user_id=lee.user_id).body

    assert (shown["invitation"], shown["allowed_actions"]) == (None, ["edit", "block", "deactivate", "remove"])
    assert seen_by_lee == shown | {"allowed_actions": []}


def test_a_group_that_is_gone_is_not_shown() -> None:
    ann = an_account()
    user = invited(ann)
    set_user(user, groups=["gone", "everyone"])

    shown = call(USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"]).body

    assert [group["group_id"] for group in shown["groups"]] == ["everyone"]


def test_someone_who_may_not_view_users_sees_none() -> None:
    ann = an_account()
    lee = a_user(ann, permissions={"deny": ["users.view"]})

    answers = [list_users(lee), call(USER, caller=lee.signed_in, account_id=ACCOUNT, user_id=ann.user_id)]

    assert [refused(answer) for answer in answers] == [(403, "not_allowed")] * 2


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"limit": ""}, "limit"),
        ({"sort": "status"}, "sort"),
        ({"sort": "--name"}, "sort"),
        ({"status": "unknown"}, "status"),
        ({"status": ""}, "status"),
        ({"status": "invited,"}, "status"),
        ({"status": "all,invited"}, "status"),
        ({"status": "Invited"}, "status"),
        ({"cursor": "!!"}, "cursor"),
        ({"cursor": "="}, "cursor"),
        ({"cursor": "\u00e9"}, "cursor"),
        ({"cursor": "_w"}, "cursor"),
        ({"cursor": "A" * 2001}, "cursor"),
        ({"search": "x" * 255}, "search"),
        ({"page": "2"}, "page"),
    ],
)
def test_a_query_that_cannot_be_is_refused(query: dict[str, str], field: str) -> None:
    ann = an_account()

    answer = list_users(ann, **query)

    assert {name.partition(".")[0] for name in wrong_fields(answer)} == {field}


def test_someone_who_joins_under_another_name_is_sorted_by_it() -> None:
    ann = an_account()
    user = invited(ann, first_name="Aaron")

    accepted(token_for(user), first_name="Zacharias")

    assert emails(list_users(ann)) == ["ann", "lee"]
    assert emails(list_users(ann, search="zach")) == ["lee"]
    assert emails(list_users(ann, search="aaron")) == []
