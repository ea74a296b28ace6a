"""A taking-over that meets other requests, or does not end, leaves one working sign-in (rule 15)."""

from collections.abc import Callable
from typing import Any

import pytest

from shared.domain.model.invitation_tokens import Channel
from tests import invoke
from tests.factories import (
    ACCEPT,
    ACCESS,
    ACCOUNT,
    CHANGE_PASSWORD,
    EDIT_ME,
    JOIN,
    ME,
    PASSWORD,
    PROFILE,
    REVOKE,
    SIGN_OUT,
    TERMS,
    acceptance,
    invited,
    signed_in,
    token_for,
)
from tests.functions.cached_fixtures import two_accounts
from tests.functions.contract import call, refused, wrong_fields
from tests.functions.faults import losing_answers, meanwhile, refusing
from tests.functions.takeovers import OWNERS, a_squatter, row_in, signs_in, the_identity
from tests.table_edits import sent_before, set_user


def a_taking_over(token: str) -> tuple[list[dict[str, Any]], Callable[[], None]]:
    """Return the owner's `accept`, as one who has the squatter's names, and a list that gets the identity after it."""
    found: list[dict[str, Any]] = []

    def take_over() -> None:
        owners = OWNERS | {"first_name": "False", "last_name": "Friend"}
        assert call(ACCEPT, body=acceptance(token, **owners)).status == 200
        found.append(the_identity())

    return found, take_over


@pytest.mark.usefixtures("no_waiting")
@pytest.mark.parametrize(
    ("route", "body", "write"),
    [
        (PROFILE, {"signature": "False Friend"}, "UpdateItem"),
        (EDIT_ME, {"first_name": "Falser"}, "TransactWriteItems"),
        (SIGN_OUT, None, "TransactWriteItems"),
        (CHANGE_PASSWORD, {"current_password": PASSWORD, "password": "Trombone61"}, "UpdateItem"),
    ],
)
def test_a_request_from_before_the_taking_over_changes_nothing_after_it(
    route: str, body: dict[str, Any] | None, write: str
) -> None:
    ann, zoe = two_accounts()
    squatter = a_squatter(ann)
    token = token_for(invited(zoe, account_id="zz999"))
    taken_over, take_over = a_taking_over(token)

    with meanwhile("dynamodb", write, take_over):
        answer = call(route, caller=squatter, body=body)

    assert refused(answer) == (401, "unauthorized")
    assert [the_identity()] == taken_over
    assert "profile" not in the_identity()
    assert signs_in(OWNERS["password"])


def test_a_join_from_before_the_taking_over_joins_nothing_after_it() -> None:
    ann, zoe = two_accounts()
    squatter = a_squatter(ann)
    set_user(sent_before(row_in(ACCOUNT)), status="removed", holds_seat=False)
    body = {"token": token_for(invited(ann), channel=Channel.COPIED), "terms_version": TERMS}
    token = token_for(invited(zoe, account_id="zz999"))
    taken_over, take_over = a_taking_over(token)

    with meanwhile("dynamodb", "TransactWriteItems", take_over):
        answer = call(JOIN, caller=squatter, body=body)

    assert refused(answer) == (401, "unauthorized")
    assert [the_identity()] == taken_over
    assert row_in(ACCOUNT)["status"] == "invited"


@pytest.mark.parametrize(
    "operation",
    ["AdminSetUserPassword", "AdminUserGlobalSignOut", "AdminUpdateUserAttributes", "AdminAddUserToGroup"],
)
def test_a_lost_answer_of_the_pool_gives_the_identity_to_its_owner_all_the_same(operation: str) -> None:
    ann, zoe = two_accounts()
    a_squatter(ann)
    token = token_for(invited(zoe, account_id="zz999"))

    with losing_answers("cognito-idp", operation) as lost:
        answer = call(ACCEPT, body=acceptance(token, **OWNERS))

    assert lost == [operation]
    assert (answer.status, answer.body["session"] is not None) == (200, True)
    assert the_identity()["sub"] == signed_in("lee@example.org").sub


@pytest.mark.parametrize("operation", ["AdminUserGlobalSignOut", "AdminAddUserToGroup", "TransactWriteItems"])
def test_a_taking_over_that_does_not_end_leaves_a_password_that_works(operation: str) -> None:
    ann, zoe = two_accounts()
    squatter = a_squatter(ann)
    token = token_for(invited(zoe, account_id="zz999"))
    service = "dynamodb" if operation == "TransactWriteItems" else "cognito-idp"

    with refusing(service, operation, "InternalErrorException", status=500):
        failed = invoke.call(ACCEPT, body=acceptance(token, **OWNERS))

    assert failed.status == 500
    assert [signs_in(PASSWORD), signs_in(OWNERS["password"])] == [False, True]
    assert call(ACCESS, caller=signed_in("lee@example.org"), account_id=ACCOUNT).status == 200
    assert call(ACCEPT, body=acceptance(token, **OWNERS)).status == 200
    assert refused(call(ME, caller=squatter)) == (401, "unauthorized")


def test_a_revocation_during_the_takeover_leaves_a_working_password() -> None:
    ann, zoe = two_accounts()
    a_squatter(ann)
    user = invited(zoe, account_id="zz999")
    ids = {"account_id": "zz999", "user_id": user["user_id"]}

    with meanwhile("cognito-idp", "AdminAddUserToGroup", lambda: call(REVOKE, caller=zoe.signed_in, body={}, **ids)):
        answer = call(ACCEPT, body=acceptance(token_for(user), **OWNERS))

    assert refused(answer) == (410, "invitation_revoked")
    assert signs_in(OWNERS["password"])
    assert call(ACCESS, caller=signed_in("lee@example.org"), account_id=ACCOUNT).status == 200


def test_a_password_that_the_pool_refuses_leaves_the_first_one() -> None:
    ann, zoe = two_accounts()
    a_squatter(ann)
    token = token_for(invited(zoe, account_id="zz999"))

    with refusing("cognito-idp", "AdminSetUserPassword", "InvalidPasswordException"):
        answer = call(ACCEPT, body=acceptance(token, **OWNERS))

    assert wrong_fields(answer) == {"password"}
    assert signs_in(PASSWORD)
