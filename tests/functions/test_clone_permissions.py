from typing import Any

import pytest

from shared.domain.model.groups import EVERYONE
from shared.domain.model.users import Status
from shared.storage_schema import JOURNAL
from tests import aws_fixture
from tests.domain_factories import a_member
from tests.factories import ACCESS, ACCOUNT, CLONE, ActiveUser, a_user, invited
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.faults import meanwhile
from tests.invoke import Answer
from tests.table_edits import put_users, set_user, user_row

RIGHTS = {"allow": ["journal.view", "users.invite"], "deny": ["orders.view"]}


def cloning(by: ActiveUser, source: str, *to: str, **body: Any) -> Answer:
    return call(CLONE, caller=by.signed_in, account_id=ACCOUNT, user_id=source, body={"to": list(to), **body})


def outcomes(answer: Answer) -> list[tuple[str, str | None]]:
    assert answer.status == 200, answer.text
    return [(result["outcome"], result["code"]) for result in answer.body["results"]]


def edits() -> int:
    return [row["type"] for row in aws_fixture.items(JOURNAL)].count("user.edited")


def test_individual_permissions_are_replaced_and_hold_with_the_next_request() -> None:
    ann = an_account()
    lee, kim = a_user(ann, permissions=RIGHTS), a_user(ann, "kim@example.org", permissions={"allow": ["groups.edit"]})

    answer = cloning(ann, lee.user_id, kim.user_id)

    allowed = call(ACCESS, caller=kim.signed_in, account_id=ACCOUNT).body["permissions"]
    assert outcomes(answer) == [("changed", None)]
    assert answer.body["results"][0]["user_id"] == kim.user_id
    assert (user_row(kim.user_id)["allow"], user_row(kim.user_id)["deny"]) == (RIGHTS["allow"], RIGHTS["deny"])
    assert {"journal.view", "users.invite"} <= set(allowed)
    assert not {"orders.view", "groups.edit"} & set(allowed)


def test_each_user_has_a_result_in_the_order_of_the_request() -> None:
    ann, zoe = two_accounts()
    lee, kim = a_user(ann, permissions=RIGHTS), a_user(ann, "kim@example.org")
    same = invited(ann, "same@example.org", permissions=RIGHTS)["user_id"]
    gone = invited(ann, "gone@example.org")
    set_user(gone, status="inactive")

    to = [kim.user_id, ann.user_id, lee.user_id, zoe.user_id, "Not-An-Id", "z" * 26, gone["user_id"], same, kim.user_id]
    answer = cloning(ann, lee.user_id, *to)

    assert [result["user_id"] for result in answer.body["results"]] == to[:-1]
    assert outcomes(answer) == [
        ("changed", None),
        ("skipped", "admin_has_all_permissions"),
        ("unchanged", None),
        *[("skipped", "not_found")] * 3,
        ("skipped", "wrong_state"),
        ("unchanged", None),
    ]
    assert edits() == 1


def test_repeating_changes_nothing() -> None:
    ann = an_account()
    lee, kim = a_user(ann, permissions=RIGHTS), a_user(ann, "kim@example.org")
    cloning(ann, lee.user_id, kim.user_id)

    with nothing_changes():
        answer = cloning(ann, lee.user_id, kim.user_id)

    assert outcomes(answer) == [("unchanged", None)]


@pytest.mark.parametrize("with_groups", [True, False])
def test_groups_follow_only_if_asked_for(with_groups: bool) -> None:
    ann = an_account()
    lee, kim = a_user(ann), a_user(ann, "kim@example.org")
    set_user({"account_id": ACCOUNT, "user_id": lee.user_id}, groups=[EVERYONE, "old"])
    set_user({"account_id": ACCOUNT, "user_id": kim.user_id}, groups=["old"])

    answer = cloning(ann, lee.user_id, kim.user_id, groups=with_groups)

    assert outcomes(answer) == [("changed" if with_groups else "unchanged", None)]
    assert user_row(kim.user_id)["groups"] == ([EVERYONE] if with_groups else ["old"])


def test_an_administrators_permissions_are_not_cloned() -> None:
    ann = an_account()
    lee = a_user(ann)

    with nothing_changes():
        answer = cloning(ann, ann.user_id, lee.user_id, groups=True)

    assert refused(answer) == (422, "admin_has_all_permissions")


def test_only_administrators_clone_and_only_in_their_account() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann, permissions={"allow": ["users.edit", "users.view"]})

    with nothing_changes():
        answers = [
            cloning(lee, lee.user_id, lee.user_id),
            cloning(zoe, lee.user_id, lee.user_id),
            cloning(ann, zoe.user_id, lee.user_id),
        ]

    assert [refused(answer) for answer in answers] == [(403, "not_allowed"), (404, "not_found"), (404, "not_found")]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"to": []}, "to"), ({"to": ["a" * 26] * 101}, "to"), ({"to": "all"}, "to"), ({"groups": "yes"}, "groups")],
)
def test_invalid_field_of_cloning_is_named(wrong: dict[str, Any], field: str) -> None:
    ann = an_account()
    lee = a_user(ann)

    with nothing_changes():
        answer = cloning(ann, lee.user_id, **({"to": [lee.user_id]} | wrong))

    assert wrong_fields(answer) == {field}


def _hundred(ann: ActiveUser) -> tuple[ActiveUser, list[str]]:
    lee = a_user(ann, permissions=RIGHTS)
    letters = "abcdefghijklmnopqrstuvwxyz"
    ids = [letters[one // 26] + letters[one % 26] * 25 for one in range(100)]
    users = [
        a_member(user_id=user_id, account_id=ACCOUNT, email=f"{user_id}@a.org", status=Status.ACTIVE) for user_id in ids
    ]
    put_users(users)
    return lee, ids


def test_a_hundred_users_are_changed_at_once() -> None:
    ann = an_account()
    lee, ids = _hundred(ann)

    answer = cloning(ann, lee.user_id, *ids)

    assert outcomes(answer) == [("changed", None)] * 100
    assert all(user_row(user_id)["allow"] == RIGHTS["allow"] for user_id in ids)
    assert edits() == 100


def test_a_conflict_in_the_middle_is_hidden_and_counts_nobody_twice() -> None:
    ann = an_account()
    lee, ids = _hundred(ann)

    calls: list[int] = []

    def change_the_last() -> None:
        calls.append(1)
        if len(calls) == 3:
            set_user({"account_id": ACCOUNT, "user_id": ids[-1]}, version=9)

    with meanwhile("dynamodb", "TransactWriteItems", change_the_last, times=3):
        answer = cloning(ann, lee.user_id, *ids)

    assert outcomes(answer) == [("changed", None)] * 100
    assert edits() == 100
