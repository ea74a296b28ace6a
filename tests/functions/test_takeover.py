"""Rule 15: an identity made through a copied link gives way to the mailbox's owner."""

from dataclasses import replace

import pytest

from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import JOURNAL
from tests import aws_fixture
from tests.factories import (
    ACCEPT,
    ACCESS,
    ACCOUNT,
    BLOCK,
    CHANGE_PASSWORD,
    DEACTIVATE,
    JOIN,
    ME,
    PASSWORD,
    TERMS,
    acceptance,
    invited,
    signed_in,
    token_for,
)
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, on_user, refused
from tests.functions.faults import meanwhile
from tests.functions.takeovers import OWNERS, a_squatter, row_in, signs_in, the_identity
from tests.table_edits import sent_before, set_user


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


def test_nothing_that_the_impostor_said_of_themselves_stays_in_the_first_account() -> None:
    ann, zoe = two_accounts()
    a_squatter(ann, phone={"country_code": "+44", "number": "2079460000"})
    first_user = row_in(ACCOUNT)
    assert (first_user["first_name"], "phone" in first_user) == ("False", True)

    call(ACCEPT, body=acceptance(token_for(invited(zoe, account_id="zz999")), **OWNERS))

    owners = row_in(ACCOUNT)
    assert (owners["first_name"], owners["last_name"], owners.get("phone")) == ("Real", "Owner", None)
    assert (owners["status"], owners["user_id"]) == ("active", first_user["user_id"])
    [entry] = [row for row in aws_fixture.items(JOURNAL) if row["type"] == "user.edited"]
    assert (entry["pk"], entry["actor"], entry["user_id"]) == (ACCOUNT, owners["user_id"], owners["user_id"])
    assert entry["after"] == {"fields": ["first_name", "last_name", "phone"]}


def test_where_the_impostor_has_no_access_any_more_nothing_is_heard_of_the_owner() -> None:
    ann, zoe = two_accounts()
    a_squatter(ann)
    assert on_user(DEACTIVATE, ann, row_in(ACCOUNT)["user_id"], hand_over="later").status == 200
    left = row_in(ACCOUNT)

    call(ACCEPT, body=acceptance(token_for(invited(zoe, account_id="zz999")), **OWNERS))

    assert row_in(ACCOUNT) == left


def test_a_change_in_the_first_account_meanwhile_is_not_lost() -> None:
    ann, zoe = two_accounts()
    a_squatter(ann)
    user_id, token = row_in(ACCOUNT)["user_id"], token_for(invited(zoe, account_id="zz999"))

    def block() -> None:
        assert on_user(BLOCK, ann, user_id, reason="other").status == 200

    with meanwhile("dynamodb", "TransactWriteItems", block):
        answer = call(ACCEPT, body=acceptance(token, **OWNERS))

    assert answer.status == 200
    assert (row_in(ACCOUNT)["status"], row_in(ACCOUNT)["first_name"]) == ("blocked", "Real")
    assert signs_in(OWNERS["password"])


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
