"""Another account's ids, unknown ids and malformed ids are all the same, to every kind of caller."""

from typing import Any

import pytest

from infra.function_catalog import CATALOG
from tests import world
from tests.builders import set_user
from tests.calls import SignedIn
from tests.functions.contract import call, nothing_changes
from tests.functions.standing import an_account, two_accounts
from tests.people import ACCOUNT, ADMINISTRATORS, DEACTIVATE, INVITE, a_user, an_operator, invited

OF_ACCOUNTS = [
    route
    for function in CATALOG
    for route in function.routes
    if "/accounts/{account_id}" in route and "/operator/" not in route
]
OF_USERS = [route for route in OF_ACCOUNTS if "{user_id}" in route]
MALFORMED = [
    "AB123",
    "ab12",
    "ab123456789",
    "abc",
    "ab123 ",
    "ab123\n",
    "..",
    "%2e",
    "ab\u0661\u0662\u0663",
    "account",
    "ab123#x",
]
MALFORMED_USERS = [
    "x",
    "",
    "L" * 26,
    "l" * 25,
    "l" * 27,
    "1" * 26,
    "l" * 25 + "\n",
    "../account",
    "me",
    "user#" + "l" * 21,
]
BODIES: dict[str, Any] = {
    INVITE: {"first_name": "Eve", "last_name": "Else", "email": "eve@example.org", "groups": ["everyone"]},
    DEACTIVATE: {},
}


def nameless(answer: Any) -> tuple[int, str]:
    """An answer apart from the id of its request."""
    return answer.status, answer.text.replace(answer.body["request_id"], "")


@pytest.mark.parametrize("route", OF_ACCOUNTS)
def test_an_account_that_is_not_the_callers_is_as_if_it_were_not_there(route: str) -> None:
    ann, zoe = two_accounts()
    theirs = a_user(zoe, account_id="zz999")
    waiting = invited(zoe, "waiting@example.org", account_id="zz999")
    world.cognito.admin_create_user(UserPoolId=world.USER_POOL_ID, Username="x@example.org", MessageAction="SUPPRESS")
    callers = [ann.signed_in, an_operator()]
    users = {"user_id": theirs.user_id} if route in OF_USERS else {}

    with nothing_changes():
        found = {
            nameless(call(route, caller=caller, body=BODIES.get(route), account_id=account_id, **users))
            for caller in callers
            for account_id in ("zz999", "qq777", *MALFORMED)
        }

    assert len(found) == 1
    assert {status for status, _ in found} == {404}
    assert waiting["status"] == "invited"


@pytest.mark.parametrize("route", OF_USERS)
def test_a_user_of_another_account_is_as_if_they_were_not_there(route: str) -> None:
    ann, zoe = two_accounts()
    theirs = a_user(zoe, account_id="zz999")
    ids = [theirs.user_id, zoe.user_id, "z" * 26, *MALFORMED_USERS]

    with nothing_changes():
        answers = [
            call(route, caller=ann.signed_in, body=BODIES.get(route), account_id=ACCOUNT, user_id=each) for each in ids
        ]

    assert len({nameless(answer) for answer in answers}) == 1
    assert {(answer.status, answer.code) for answer in answers} == {(404, "not_found")}


@pytest.mark.parametrize("status", ["invited", "expired", "declined", "inactive", "blocked", "removed"])
def test_whoever_is_not_active_in_an_account_does_not_see_it(status: str) -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann, admin=True)
    set_user({"account_id": ACCOUNT, "user_id": lee.user_id}, status=status)
    nobody = call(OF_ACCOUNTS[0], caller=zoe.signed_in, account_id=ACCOUNT, body=BODIES.get(OF_ACCOUNTS[0]))

    with nothing_changes():
        answers = {
            nameless(
                call(
                    route,
                    caller=lee.signed_in,
                    body=BODIES.get(route),
                    account_id=ACCOUNT,
                    **({"user_id": ann.user_id} if route in OF_USERS else {}),
                )
            )
            for route in OF_ACCOUNTS
        }

    assert answers == {nameless(nobody)}


@pytest.mark.parametrize("account_id", ["qq777", *MALFORMED])
def test_an_operator_finds_no_account_where_there_is_none(account_id: str) -> None:
    body = {"first_name": "Eve", "last_name": "Else", "email": "eve@example.org"}
    operator = an_operator()

    with nothing_changes():
        answer = call(ADMINISTRATORS, caller=operator, account_id=account_id, body=body)

    assert (answer.status, answer.code) == (404, "not_found")


def test_an_operators_token_opens_no_account_to_its_users_routes() -> None:
    ann = an_account()
    operator = an_operator()
    posing = SignedIn(operator.username, operator.sub, groups=("operators", ann.user_id))

    with nothing_changes():
        answers = {
            call(
                route,
                caller=posing,
                body=BODIES.get(route),
                account_id=ACCOUNT,
                **({"user_id": ann.user_id} if route in OF_USERS else {}),
            ).status
            for route in OF_ACCOUNTS
        }

    assert answers == {404}


def test_what_one_account_does_touches_nothing_of_another() -> None:
    ann, zoe = two_accounts()
    lee = a_user(zoe, account_id="zz999")
    before = of_account("zz999")

    user = a_user(ann)
    call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=user.user_id, body={})
    invited(ann, zoe.address)

    assert of_account("zz999") == before
    assert lee.user_id != user.user_id


def of_account(account_id: str) -> list[dict[str, Any]]:
    return [row for table in world.everything().values() for row in table if row.get("account_id") == account_id]
