"""What cannot be accepted: bad values, weak passwords, dead links, and people who have an ID."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import DIRECTORY
from tests import aws_fixture
from tests.command_cases.effects import identity_of
from tests.factories import ACCEPT, ACCOUNT, LEE_ADDRESS, REVOKE, a_user, acceptance, invited, signed_in, token_for
from tests.functions.accepting import accept_link
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.faults import meanwhile
from tests.table_edits import expire_at, overdue, set_in, user_row


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"password": "short"}, "password"),
        ({"password": "Secret77" * 33}, "password"),
        ({"password": " Secret77"}, "password"),
        ({"terms_version": "2020-01-01"}, "terms_version"),
        ({"first_name": ""}, "first_name"),
        ({"last_name": "www.evil"}, "last_name"),
        ({"first_name": "Usher", "last_name": "Support"}, "first_name"),
        ({"security_question": ""}, "security_question"),
        ({"security_answer": "x" * 201}, "security_answer"),
        ({"phone": {"country_code": "+44", "number": "1"}}, "phone.number"),
        ({"phone": {"country_code": "+999", "number": "2079460000"}}, "phone.country_code"),
        ({"phone": {"country_code": "+44", "number": "2079460000 x5"}}, "phone.number"),
        ({"email": "other@example.org"}, "email"),
    ],
)
def test_invalid_field_of_accept_is_named_and_creates_nothing(wrong: dict[str, Any], field: str) -> None:
    token = token_for(invited(an_account()))

    with nothing_changes():
        answer = accept_link(token, **wrong)

    assert wrong_fields(answer) == {field}


def test_a_person_who_has_an_identity_is_to_log_in_with_it() -> None:
    ann, zoe = two_accounts()
    a_user(zoe, account_id="zz999")
    user = invited(ann)

    with nothing_changes():
        answers = [refused(accept_link(token_for(user, channel=channel), password="Other777")) for channel in Channel]

    assert answers == [(409, "identity_exists")] * 2


def test_only_someone_who_could_join_is_told_whether_there_is_an_id() -> None:
    ann, zoe = two_accounts()
    a_user(ann)
    token = token_for(invited(zoe, account_id="zz999"), channel=Channel.COPIED)

    with nothing_changes():
        answers = [accept_link(token, password="x"), accept_link(token, terms_version="old"), accept_link(token)]

    assert [refused(answer) for answer in answers[:2]] == [(422, "invalid_request")] * 2
    assert refused(answers[2]) == (409, "identity_exists")


def test_a_sign_in_that_this_product_has_not_made_is_never_touched() -> None:
    token = token_for(invited(an_account()))
    aws_fixture.cognito.admin_create_user(
        UserPoolId=aws_fixture.USER_POOL_ID, Username="lee@example.org", MessageAction="SUPPRESS"
    )
    sub = signed_in("lee@example.org").sub

    answer = accept_link(token)

    assert refused(answer) == (409, "identity_exists")
    assert signed_in("lee@example.org").sub == sub
    assert "sign_in_lock" not in identity_of(LEE_ADDRESS)
    assert "sub" not in identity_of(LEE_ADDRESS)


def test_a_dead_link_says_so_before_the_password_is_looked_at() -> None:
    token = token_for(overdue(invited(an_account())))

    with nothing_changes():
        answer = accept_link(token, password="short")

    assert refused(answer) == (410, "invitation_expired")


def test_a_registration_that_is_not_complete_in_time_makes_nobody_a_user() -> None:
    user = invited(an_account())
    expire_at(user, datetime.now(UTC) + timedelta(seconds=1))

    with meanwhile("cognito-idp", "AdminCreateUser", lambda: time.sleep(1)):
        answer = accept_link(token_for(user))

    assert refused(answer) == (410, "invitation_expired")
    assert user_row(user["user_id"])["status"] == "invited"


@pytest.mark.parametrize("password", ["Passw0rd", "Sherron-2026", "Usher12345", "AB123-account", "Example.Lee9"])
def test_password_that_is_easy_to_guess_is_refused_with_a_reason(password: str) -> None:
    token = token_for(invited(an_account()))

    with nothing_changes():
        answer = accept_link(token, password=password)

    assert wrong_fields(answer) == {"password"}
    assert [error["reason"] for error in answer.body["errors"]] == ["password_too_common"]


def test_last_name_is_needed_unless_the_account_invites_without() -> None:
    token = token_for(invited(an_account()))
    body = {name: value for name, value in acceptance(token).items() if name != "last_name"}

    with nothing_changes():
        full = call(ACCEPT, body=body)
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": "account"}, settings__invite_profile="simple")
    simple = call(ACCEPT, body=body)

    assert wrong_fields(full) == {"last_name"}
    assert (simple.status, simple.body["user"]["last_name"], identity_of(LEE_ADDRESS)["last_name"]) == (200, "", "")


@pytest.mark.parametrize("field", ["security_question", "security_answer"])
def test_a_blank_question_or_answer_is_refused(field: str) -> None:
    token = token_for(invited(an_account()))

    with nothing_changes():
        answer = accept_link(token, **{field: "  "})

    assert wrong_fields(answer) == {field}


@pytest.mark.parametrize("wrong", [{"first_name": ""}, {"first_name": "www.evil.com"}, {"terms_version": None}])
def test_a_dead_link_is_refused_before_what_else_is_wrong(wrong: dict[str, Any]) -> None:
    ann = an_account()
    user = invited(ann)
    token = token_for(user)
    alive = accept_link(token, **wrong)
    call(REVOKE, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"])

    dead, forged = accept_link(token, **wrong), accept_link(token[:-1] + ("A" if token[-1] != "A" else "B"), **wrong)

    assert wrong_fields(alive) == set(wrong)
    assert refused(dead) == (410, "invitation_revoked")
    assert refused(forged) == (404, "invitation_not_found")


@pytest.mark.parametrize("token", [None, 1, "", "x"])
def test_what_is_no_link_is_refused_as_such(token: object) -> None:
    answer = call(ACCEPT, body={"token": token, "first_name": ""})

    assert answer.status == (404 if token == "x" else 422)
