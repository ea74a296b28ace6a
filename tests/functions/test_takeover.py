"""Rule 15: an identity made through a copied link gives way to the mailbox's owner."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from shared.adapters.cognito import open_cognito
from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import DIRECTORY, IDENTITIES
from tests import aws_fixture, invoke
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
    ActiveUser,
    acceptance,
    accepted,
    invited,
    signed_in,
    token_for,
)
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.faults import losing_answers, meanwhile, refusing
from tests.invoke import SignedIn
from tests.table_edits import sent_before, set_user

OWNERS = {"password": "Mailbox888", "first_name": "Real", "last_name": "Owner", "security_question": "Street?"}


def the_identity() -> dict[str, Any]:
    [identity] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == "lee@example.org"]
    return identity


def a_squatter(ann: ActiveUser) -> SignedIn:
    """Someone who came in through a link that was copied for them."""
    answer = accepted(token_for(invited(ann), channel=Channel.COPIED), first_name="False", last_name="Friend")
    assert answer.status == 200, answer.text
    return signed_in("lee@example.org")


def test_a_copied_link_makes_an_unproven_identity_at_home_in_its_account() -> None:
    squatter = a_squatter(an_account())

    identity = the_identity()

    pool = aws_fixture.cognito.admin_get_user(UserPoolId=aws_fixture.USER_POOL_ID, Username="lee@example.org")[
        "UserAttributes"
    ]
    assert (identity["proven"], identity["home_account"], identity["accounts"]) == (False, ACCOUNT, [ACCOUNT])
    assert {"Name": "email_verified", "Value": "false"} in pool
    assert call(ACCESS, caller=squatter, account_id=ACCOUNT).status == 200


def test_an_unproven_identity_joins_nowhere_else_by_any_link() -> None:
    ann, zoe = two_accounts()
    squatter = a_squatter(ann)
    user = invited(zoe, account_id="zz999")
    bodies = [{"token": token_for(user, channel=channel), "terms_version": TERMS} for channel in Channel]

    with nothing_changes():
        answers = [refused(call(JOIN, caller=squatter, body=body)) for body in bodies]
        copied = refused(call(ACCEPT, body=acceptance(token_for(user, channel=Channel.COPIED), password="Other777")))

    assert answers == [(409, "mailbox_not_proven")] * 2
    assert copied == (409, "identity_exists")


def test_an_unproven_identity_that_comes_back_to_its_home_joins_there() -> None:
    ann = an_account()
    squatter = a_squatter(ann)
    set_user(sent_before(row_in(ACCOUNT)), status="removed", holds_seat=False)
    user = invited(ann)
    copied = token_for(user, channel=Channel.COPIED)

    refusal = refused(call(ACCEPT, body=acceptance(copied)))
    answer = call(JOIN, caller=squatter, body={"token": copied, "terms_version": TERMS})

    assert refusal == (409, "identity_exists")
    assert (answer.status, answer.body["user"]["status"]) == (200, "active")


def row_in(account_id: str) -> dict[str, Any]:
    return next(
        row for row in aws_fixture.items(DIRECTORY) if row["pk"] == account_id and row.get("email") == "lee@example.org"
    )


def test_the_mailboxs_owner_is_given_the_identity_with_everything_of_their_own() -> None:
    ann, zoe = two_accounts()
    a_squatter(ann)
    before = the_identity()
    user = invited(zoe, account_id="zz999")

    answer = call(ACCEPT, body=acceptance(token_for(user), **OWNERS))

    after = the_identity()
    assert answer.status == 200
    assert (after["proven"], sorted(after["accounts"]), "home_account" in after) == (True, [ACCOUNT, "zz999"], False)
    assert (after["first_name"], after["last_name"], after["security_question"]) == ("Real", "Owner", "Street?")
    assert after["identity_id"] == before["identity_id"]
    assert before["sub"] == after["sub"] == signed_in("lee@example.org").sub
    assert after["taken_over"]
    assert before["security_answer"] != after["security_answer"]
    assert before["terms_accepted_at"] < after["terms_accepted_at"]


@pytest.mark.usefixtures("no_waiting")
def test_changes_of_the_password_are_not_counted_against_the_mailboxs_owner() -> None:
    ann, zoe = two_accounts()
    squatter = replace(a_squatter(ann), session="this")
    for current, password in ((PASSWORD, "Trombone61"), ("Trombone60", "Trombone62")):
        call(CHANGE_PASSWORD, caller=squatter, body={"current_password": current, "password": password})
    assert {"password_tries", "password_changes"} <= the_identity().keys()

    call(ACCEPT, body=acceptance(token_for(invited(zoe, account_id="zz999")), **OWNERS))

    assert not {"password_tries", "password_changes"} & the_identity().keys()


def test_a_takeover_ends_older_sessions_and_keeps_the_first_account() -> None:
    ann, zoe = two_accounts()
    squatter = a_squatter(ann)
    first_user = row_in(ACCOUNT)
    refresh = aws_fixture.cognito.initiate_auth(
        ClientId=aws_fixture.USER_POOL_CLIENT_ID,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "lee@example.org", "PASSWORD": PASSWORD},
    )

    call(ACCEPT, body=acceptance(token_for(invited(zoe, account_id="zz999")), **OWNERS))

    owner = signed_in("lee@example.org")
    assert refresh["AuthenticationResult"]
    for route, ids in ((ME, {}), (ACCESS, {"account_id": ACCOUNT}), (ACCESS, {"account_id": "zz999"})):
        assert refused(call(route, caller=squatter, **ids)) == (401, "unauthorized")
        assert call(route, caller=owner, **ids).status == 200
    assert {each["account_id"] for each in call(ME, caller=owner).body["accounts"]} == {ACCOUNT, "zz999"}
    assert row_in(ACCOUNT)["version"] == first_user["version"]


def test_the_old_password_signs_nobody_in_any_more() -> None:
    ann, zoe = two_accounts()
    a_squatter(ann)
    token = token_for(invited(zoe, account_id="zz999"))

    call(ACCEPT, body=acceptance(token, **OWNERS))

    with nothing_changes():
        assert refused(call(ACCEPT, body=acceptance(token, password=PASSWORD))) == (410, "invitation_accepted")
        assert call(ACCEPT, body=acceptance(token, **OWNERS)).body["session"]


def test_a_mailed_link_of_the_same_account_takes_over_too() -> None:
    ann = an_account()
    squatter = a_squatter(ann)
    set_user(sent_before(row_in(ACCOUNT)), status="removed", holds_seat=False)

    answer = call(ACCEPT, body=acceptance(token_for(invited(ann)), **OWNERS))

    assert (answer.status, the_identity()["proven"]) == (200, True)
    assert refused(call(ME, caller=squatter)) == (401, "unauthorized")


def test_a_token_of_one_who_was_taken_over_joins_nothing() -> None:
    ann, zoe = two_accounts()
    squatter = a_squatter(ann)
    call(ACCEPT, body=acceptance(token_for(invited(zoe, account_id="zz999")), **OWNERS))
    eve = an_account("ev111", admin="eve@example.org")
    token = token_for(invited(eve, account_id="ev111"))

    with nothing_changes():
        answer = call(JOIN, caller=squatter, body={"token": token, "terms_version": TERMS})

    assert refused(answer) == (401, "unauthorized")


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


def signs_in(password: str) -> bool:
    return open_cognito().sign_in("lee@example.org", password) is not None


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
