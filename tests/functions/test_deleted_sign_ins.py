"""Sign-ins that were deleted through the user pool's own API, and sign-ins that AWS throttles (rule 15)."""

import pytest

from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import IDENTITIES
from tests import aws_fixture
from tests.command_cases.effects import identity_of
from tests.factories import (
    ACCEPT,
    ACCOUNT,
    LEE_ADDRESS,
    ME,
    PREVIEW,
    acceptance,
    accepted,
    invited,
    signed_in,
    token_for,
)
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused
from tests.functions.faults import refusing
from tests.table_edits import set_in


def delete_sign_in(address: str) -> None:
    """What the owner of an access token can do through the pool's public API."""
    aws_fixture.cognito.admin_delete_user(UserPoolId=aws_fixture.USER_POOL_ID, Username=address)


@pytest.mark.parametrize("channel", Channel)
def test_a_sign_in_that_was_deleted_is_made_again_by_a_mailed_link(channel: Channel) -> None:
    """The first one was proven or not: a mailed link of another account heals either."""
    ann, zoe = two_accounts()
    assert accepted(token_for(invited(ann), channel=channel)).status == 200
    old = signed_in("lee@example.org")
    delete_sign_in("lee@example.org")
    token = token_for(invited(zoe, account_id="zz999"))

    shown = call(PREVIEW, body={"token": token}).body["identity_exists"]
    answer = call(ACCEPT, body=acceptance(token, password="Mailbox888"))

    owner = signed_in("lee@example.org")
    assert (shown, answer.status, answer.body["session"] is not None) == (False, 200, True)
    assert {each["account_id"] for each in call(ME, caller=owner).body["accounts"]} == {ACCOUNT, "zz999"}
    assert identity_of(LEE_ADDRESS)["sub"] == owner.sub != old.sub
    assert refused(call(ME, caller=old)) == (401, "unauthorized")


def test_a_sign_in_that_was_deleted_is_not_made_again_by_a_copied_link() -> None:
    ann, zoe = two_accounts()
    assert accepted(token_for(invited(ann))).status == 200
    delete_sign_in("lee@example.org")
    token = token_for(invited(zoe, account_id="zz999"), channel=Channel.COPIED)

    with nothing_changes():
        answer = call(ACCEPT, body=acceptance(token))

    assert refused(answer) == (409, "identity_exists")


def test_a_blocked_identity_does_not_come_back_by_deleting_its_sign_in() -> None:
    ann, zoe = two_accounts()
    assert accepted(token_for(invited(ann))).status == 200
    set_in(IDENTITIES, {"pk": identity_of(LEE_ADDRESS)["pk"]}, blocked=True)
    delete_sign_in("lee@example.org")

    answer = call(ACCEPT, body=acceptance(token_for(invited(zoe, account_id="zz999"))))

    assert refused(answer) == (409, "identity_exists")


@pytest.mark.parametrize("code", ["TooManyRequestsException", "ForbiddenException"])
def test_throttled_sign_in_of_a_repeat_is_told_as_busy_and_not_as_accepted(code: str) -> None:
    token = token_for(invited(an_account()))
    assert accepted(token).status == 200

    with refusing("cognito-idp", "InitiateAuth", code):
        answer = accepted(token)

    assert refused(answer) == (503, "busy")
    assert accepted(token).body["session"]


def test_throttled_first_sign_in_leaves_the_person_joined_without_a_session() -> None:
    token = token_for(invited(an_account()))

    with refusing("cognito-idp", "InitiateAuth", "TooManyRequestsException"):
        answer = accepted(token)

    assert (answer.status, answer.body["session"]) == (200, None)
