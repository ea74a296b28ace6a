from collections.abc import Callable
from typing import Any

import pytest

from shared.adapters.dynamodb.repository import open_repository
from shared.domain.model import errors
from shared.domain.model.accounts import AccountSettings
from shared.domain.policy.principals import Caller, Person, Request
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL
from tests import aws_fixture
from tests.factories import (
    ACCOUNT,
    ADMINISTRATORS,
    GET_ACCOUNT,
    LIST_ACCOUNTS,
    OPEN_ACCOUNT,
    an_operator,
    delivered,
    joined,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.operating import ANN, open_account
from tests.invoke import SignedIn
from tests.table_edits import set_in

# ---- opening an account ----


def test_an_account_is_opened_with_its_first_administrator_invited() -> None:
    answer = open_account()

    assert answer.status == 201
    assert answer.body["account"] == {
        "account_id": ACCOUNT,
        "name": "Northwind",
        "status": "active",
        "seats": {"limit": 3, "used": 1, "available": 2},
        "counts": dict.fromkeys(("active", "expired", "declined", "inactive", "blocked", "removed"), 0)
        | {"invited": 1},
        "settings": AccountSettings(default_group="everyone").model_dump(mode="json"),
    }
    user = answer.body["user"]
    assert (user["status"], user["admin"], user["email"]) == ("invited", True, "ann@example.org")
    assert [group["group_id"] for group in user["groups"]] == ["administrators"]
    assert user["invitation"]["invited_by"].startswith("operator:")


def test_the_account_that_was_answered_is_the_one_that_is_stored() -> None:
    answer = open_account().body

    ann = joined(ACCOUNT, answer["user"])
    stored = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body

    moved = {"invited": 0, "active": 1}
    assert stored == answer["account"] | {"counts": answer["account"]["counts"] | moved}
    [account] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "account"]
    assert account["admins"] == 1


def test_opening_is_in_the_journal_and_the_administrator_is_mailed() -> None:
    open_account()

    mails = delivered()

    assert sorted(row["type"] for row in aws_fixture.items(JOURNAL)) == ["account.created", "user.invited"]
    assert {row["actor"].partition(":")[0] for row in aws_fixture.items(JOURNAL)} == {"operator"}
    assert [mail["To"] for mail in mails] == ["Ann Admin <ann@example.org>"]
    assert "Usher" in mails[0]["From"]


def test_the_operator_gets_no_mail_when_the_administrator_joins() -> None:
    an_account()

    kinds = sorted(row["kind"] for row in aws_fixture.items(MAIL))

    assert kinds == ["account_information", "invitation"]


def test_an_app_id_is_taken_once() -> None:
    an_account()

    with nothing_changes():
        answer = open_account(admin=ANN | {"email": "other@example.org"})

    assert refused(answer) == (409, "conflict")
    assert "App ID" in answer.body["detail"]


def test_an_account_may_be_opened_without_a_limit_of_seats() -> None:
    answer = open_account(seats=None)

    assert answer.status == 201
    assert answer.body["account"]["seats"] == {"limit": None, "used": 1, "available": None}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"account_id": "AB123"}, "account_id"),
        ({"account_id": "ab12"}, "account_id"),
        ({"account_id": "ab123\n"}, "account_id"),
        ({"account_id": "ab\u0661\u0662\u0663"}, "account_id"),
        ({"name": ""}, "name"),
        ({"name": "\u3164"}, "name"),
        ({"admin": ANN | {"last_name": "evil.com"}}, "admin.last_name"),
        ({"admin": ANN | {"first_name": "Usher", "last_name": "Support"}}, "admin.first_name"),
        ({"seats": 0}, "seats"),
        ({"seats": -1}, "seats"),
        ({"seats": 1_000_001}, "seats"),
        ({"seats": "3"}, "seats"),
        ({"seats": 3.5}, "seats"),
        ({"seats": True}, "seats"),
        ({"admin": {}}, "admin.first_name"),
        ({"admin": ANN | {"email": "ann"}}, "admin.email"),
        ({"admin": ANN | {"admin": True}}, "admin.admin"),
        ({"plan": "gold"}, "plan"),
    ],
)
def test_what_cannot_be_opened_is_named(wrong: dict[str, Any], field: str) -> None:
    operator = an_operator()

    with nothing_changes():
        answer = open_account(operator, **wrong)

    assert field in wrong_fields(answer)


def test_only_operators_may() -> None:
    ann = an_account()
    bodies: list[tuple[str, dict[str, Any]]] = [
        (OPEN_ACCOUNT, {"body": {"account_id": "zz999", "name": "Z", "seats": 1, "admin": ANN}}),
        (ADMINISTRATORS, {"body": ANN | {"email": "new@example.org"}, "account_id": ACCOUNT}),
        (ADMINISTRATORS, {"body": ANN | {"email": "new@example.org"}, "account_id": "zz999"}),
        (LIST_ACCOUNTS, {}),
    ]

    with nothing_changes():
        answers = [refused(call(route, caller=ann.signed_in, **parts)) for route, parts in bodies]

    assert answers == [(403, "not_allowed")] * 4


def test_not_even_a_route_that_let_others_in_would_load_for_them() -> None:
    ann = an_account()
    caller = Caller(Person(ann.address, ann.signed_in.sub), Request("operation-1"))
    repository = open_repository()
    loads: list[Callable[[], object]] = [
        lambda: repository.load_operator(caller),
        lambda: repository.load_operated_identity(caller, ann.address),
        lambda: repository.load_partner(caller, ann.address),
    ]

    for load in loads:
        with pytest.raises(errors.NotAllowed):
            load()


@pytest.mark.parametrize("groups", ["[operators]", "[staff operators]", "operators"])
def test_the_groups_are_read_word_by_word_as_the_gateway_writes_them(groups: str) -> None:
    class Raw(SignedIn):
        @property
        def claims(self) -> dict[str, str]:
            return super().claims | {"cognito:groups": groups}

    operator = an_operator()

    answer = open_account(Raw(operator.username, operator.sub))

    assert answer.status == 201


@pytest.mark.parametrize("groups", [("operators2",), ("not-operators",), ("xoperators", "staff"), ()])
def test_a_group_that_only_sounds_like_it_is_none(groups: tuple[str, ...]) -> None:
    operator = an_operator()

    with nothing_changes():
        answer = open_account(SignedIn(operator.username, operator.sub, groups=groups))

    assert refused(answer) == (403, "not_allowed")


def test_an_operator_whose_identity_was_blocked_or_replaced_is_none() -> None:
    operator = an_operator()
    [identity] = aws_fixture.items(IDENTITIES)
    answers = [refused(open_account(SignedIn(operator.username, "another sub", groups=("operators",))))]

    set_in(IDENTITIES, {"pk": identity["pk"]}, blocked=True)
    with nothing_changes():
        answers.append(refused(open_account(operator)))

    assert answers == [(401, "unauthorized")] * 2
