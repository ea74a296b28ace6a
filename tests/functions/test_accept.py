import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from moto.cognitoidp.models import cognitoidp_backends
from moto.core.models import DEFAULT_ACCOUNT_ID

from shared.adapters.cognito import open_cognito
from shared.domain.model.base import iso
from shared.domain.model.ids import Ids
from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL
from tests import aws_fixture, invoke
from tests.domain_factories import expire_at, overdue, set_in, user_row
from tests.factories import (
    ACCEPT,
    ACCOUNT,
    GET_ACCOUNT,
    ME,
    PASSWORD,
    a_user,
    acceptance,
    delivered,
    invited,
    signed_in,
    token_for,
)
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.faults import meanwhile, refusing
from tests.invoke import Answer


def accepting(token: str, **fields: Any) -> Answer:
    return call(ACCEPT, body=acceptance(token, **fields))


def the_identity(address: str = "lee@example.org") -> dict[str, Any]:
    [identity] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == address]
    return identity


def test_someone_who_accepts_is_an_active_user_under_the_names_that_they_chose_and_signed_in() -> None:
    user = invited(an_account(), phone={"country_code": "+44", "number": "2079460000"})

    answer = accepting(token_for(user), first_name="Leonora", last_name="Chosen")

    made = answer.body["user"]
    assert answer.status == 200
    assert (made["user_id"], made["status"], made["invitation"]) == (user["user_id"], "active", None)
    assert (made["first_name"], made["last_name"]) == ("Leonora", "Chosen")
    assert made["phone"] == {"country_code": "+44", "number": "2079460000"}
    assert made["joined_at"] == made["updated_at"] == made["last_seen_at"]
    assert answer.body["account"] == {"account_id": ACCOUNT, "name": "Account ab123"}
    assert answer.body["session"]["expires_in"] > 0


def test_the_session_is_that_of_the_new_identity() -> None:
    session = accepting(token_for(invited(an_account()))).body["session"]

    user = aws_fixture.cognito.get_user(AccessToken=session["access_token"])
    attributes = {each["Name"]: each["Value"] for each in user["UserAttributes"]}

    assert user["Username"] == attributes["email"] == "lee@example.org"
    assert attributes["sub"] == the_identity()["sub"]
    assert (attributes["email_verified"], attributes["custom:usher"]) == ("true", "accept")
    assert call(ME, caller=signed_in("lee@example.org")).body["accounts"][0]["account_id"] == ACCOUNT


def test_accepting_moves_counters_and_writes_one_entry_and_two_mails() -> None:
    ann = an_account(seats=5)
    user = invited(ann)

    accepting(token_for(user))

    account = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body
    entries = [row["type"] for row in aws_fixture.items(JOURNAL) if row.get("user_id") == user["user_id"]]
    kinds = [row["kind"] for row in aws_fixture.items(MAIL) if row.get("user_id") == user["user_id"]]
    assert account["seats"]["used"] == 2
    assert (account["counts"]["invited"], account["counts"]["active"]) == (0, 2)
    assert sorted(entries) == ["user.invited", "user.joined"]
    assert sorted(kinds) == ["account_information", "invitation", "joined"]
    assert "due" not in user_row(user["user_id"])


def test_the_person_and_the_inviter_are_told() -> None:
    accepting(token_for(invited(an_account())))

    told = {(mail["To"], mail["Subject"]): str(mail.get_body(("plain",))) for mail in delivered()}

    [to_lee] = [text for (to, _), text in told.items() if "lee@example.org" in to]
    [to_ann] = [text for (to, _), text in told.items() if "ann@example.org" in to and "Lee Sherron" in text]
    assert all(fact in to_lee for fact in ("Account ab123", "https://console.usher.example", "lee@example.org"))
    assert "joined Account ab123" in to_ann


def test_a_phone_given_at_acceptance_wins() -> None:
    user = invited(an_account(), phone={"country_code": "+44", "number": "2079460000"})

    made = accepting(token_for(user), phone={"country_code": "+49", "number": "030 1234567"}).body["user"]

    assert made["phone"] == {"country_code": "+49", "number": "301234567"}


def test_of_the_security_answer_only_a_hash_is_kept_and_of_the_password_nothing() -> None:
    accepting(token_for(invited(an_account())), security_answer="Bellerophon", security_question="Horse?")

    identity = the_identity()

    assert identity["security_question"] == "Horse?"
    assert identity["security_answer"].startswith("scrypt$")
    assert "sign_in_lock" not in identity
    assert not any(
        secret in repr(aws_fixture.everything()).casefold() for secret in ("bellerophon", PASSWORD.casefold())
    )


# ---- twice ----


def test_the_same_person_may_accept_again_without_a_second_effect() -> None:
    token = token_for(invited(an_account()))
    first = accepting(token)

    with nothing_changes():
        again = accepting(token, first_name="Other", security_answer="Other")

    assert (again.status, again.body["user"]) == (200, first.body["user"])
    assert again.body["session"]["access_token"]


@pytest.mark.parametrize("channel", Channel)
def test_someone_else_finds_the_link_accepted(channel: Channel) -> None:
    user = invited(an_account())
    accepting(token_for(user))

    with nothing_changes():
        answer = accepting(token_for(user, channel=channel), password="Guessed88")

    assert refused(answer) == (410, "invitation_accepted")


def test_if_only_the_signing_in_fails_the_answer_has_no_session() -> None:
    token = token_for(invited(an_account()))
    clients = cognitoidp_backends[DEFAULT_ACCOUNT_ID][aws_fixture.REGION].user_pools[aws_fixture.USER_POOL_ID].clients
    client = clients.pop(aws_fixture.USER_POOL_CLIENT_ID)
    try:
        answer = accepting(token)
    finally:
        clients[aws_fixture.USER_POOL_CLIENT_ID] = client

    assert (answer.status, answer.body["session"], answer.body["user"]["status"]) == (200, None, "active")
    assert accepting(token).body["session"]


# ---- refused ----


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
def test_what_cannot_be_is_named_and_makes_nothing(wrong: dict[str, Any], field: str) -> None:
    token = token_for(invited(an_account()))

    with nothing_changes():
        answer = accepting(token, **wrong)

    assert wrong_fields(answer) == {field}


def test_a_person_who_has_an_identity_is_to_log_in_with_it() -> None:
    ann, zoe = two_accounts()
    a_user(zoe, account_id="zz999")
    user = invited(ann)

    with nothing_changes():
        answers = [refused(accepting(token_for(user, channel=channel), password="Other777")) for channel in Channel]

    assert answers == [(409, "identity_exists")] * 2


def test_only_someone_who_could_join_is_told_whether_there_is_an_id() -> None:
    ann, zoe = two_accounts()
    a_user(ann)
    token = token_for(invited(zoe, account_id="zz999"), channel=Channel.COPIED)

    with nothing_changes():
        answers = [accepting(token, password="x"), accepting(token, terms_version="old"), accepting(token)]

    assert [refused(answer) for answer in answers[:2]] == [(422, "invalid_request")] * 2
    assert refused(answers[2]) == (409, "identity_exists")


def test_a_sign_in_that_this_product_has_not_made_is_never_touched() -> None:
    token = token_for(invited(an_account()))
    aws_fixture.cognito.admin_create_user(
        UserPoolId=aws_fixture.USER_POOL_ID, Username="lee@example.org", MessageAction="SUPPRESS"
    )
    sub = signed_in("lee@example.org").sub

    answer = accepting(token)

    assert refused(answer) == (409, "identity_exists")
    assert signed_in("lee@example.org").sub == sub
    assert "sign_in_lock" not in the_identity()
    assert "sub" not in the_identity()


def test_a_dead_link_says_so_before_the_password_is_looked_at() -> None:
    token = token_for(overdue(invited(an_account())))

    with nothing_changes():
        answer = accepting(token, password="short")

    assert refused(answer) == (410, "invitation_expired")


def test_a_registration_that_is_not_complete_in_time_makes_nobody_a_user() -> None:
    user = invited(an_account())
    expire_at(user, datetime.now(UTC) + timedelta(seconds=1))

    with meanwhile("cognito-idp", "AdminCreateUser", lambda: time.sleep(1)):
        answer = accepting(token_for(user))

    assert refused(answer) == (410, "invitation_expired")
    assert user_row(user["user_id"])["status"] == "invited"


# ---- passwords that are easy to guess, and names ----


@pytest.mark.parametrize("password", ["Passw0rd", "Sherron-2026", "Usher12345", "AB123-account", "Example.Lee9"])
def test_password_that_is_easy_to_guess_is_refused_with_a_reason(password: str) -> None:
    token = token_for(invited(an_account()))

    with nothing_changes():
        answer = accepting(token, password=password)

    assert wrong_fields(answer) == {"password"}
    assert [error["reason"] for error in answer.body["errors"]] == ["password_too_common"]


def test_password_is_the_same_in_both_ways_to_compose_its_letters() -> None:
    token = token_for(invited(an_account()))
    assert accepting(token, password="Pfu\u0308tze77").status == 200

    again = accepting(token, password="Pf\u00fctze77")

    assert again.body["session"]
    assert open_cognito().sign_in("lee@example.org", "Pf\u00fctze77")


def test_last_name_is_needed_unless_the_account_invites_without() -> None:
    token = token_for(invited(an_account()))
    body = {name: value for name, value in acceptance(token).items() if name != "last_name"}

    with nothing_changes():
        full = call(ACCEPT, body=body)
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": "account"}, settings__invite_profile="simple")
    simple = call(ACCEPT, body=body)

    assert wrong_fields(full) == {"last_name"}
    assert (simple.status, simple.body["user"]["last_name"], the_identity()["last_name"]) == (200, "", "")


# ---- the lock ----


def lock(user: dict[str, Any], *, until: str) -> None:
    """Someone else's operation makes this identity's sign-in."""
    identity_id = Ids("pepper of the tests").identity_id(user["email"])
    values = {
        "identity_id": identity_id,
        "address": user["email"],
        "sign_in_lock": {"operation": "other", "until": until},
    }
    set_in(IDENTITIES, {"pk": identity_id}, **values)


def test_while_another_operation_makes_the_sign_in_there_is_a_conflict() -> None:
    user = invited(an_account())
    lock(user, until=iso(datetime.now(UTC) + timedelta(seconds=10)))

    with nothing_changes():
        answer = accepting(token_for(user))

    assert refused(answer) == (409, "conflict")


def test_accept_takes_a_lock_that_a_clock_far_ahead_has_written() -> None:
    user = invited(an_account())
    lock(user, until="2999-01-01T00:00:00.000Z")

    answer = accepting(token_for(user))

    assert (answer.status, "sign_in_lock" in the_identity()) == (200, False)


def test_accept_takes_a_lock_whose_lease_has_ended() -> None:
    user = invited(an_account())
    lock(user, until="2026-11-01T00:00:00.000Z")

    answer = accepting(token_for(user))

    assert answer.status == 200


@pytest.mark.parametrize("operation", ["AdminCreateUser", "AdminSetUserPassword"])
def test_a_pool_that_fails_leaves_a_link_that_can_be_used_again(operation: str) -> None:
    user = invited(an_account())

    with refusing("cognito-idp", operation, "InternalErrorException", status=400):
        failed = invoke.call(ACCEPT, body=acceptance(token_for(user)))
    answer = accepting(token_for(user))

    assert (failed.status, failed.body["code"]) == (500, "internal_error")
    assert (answer.status, answer.body["user"]["status"]) == (200, "active")
    assert [row["type"] for row in aws_fixture.items(JOURNAL) if row.get("user_id") == user["user_id"]].count(
        "user.joined"
    ) == 1
    assert len([row for row in aws_fixture.items(DIRECTORY) if row["sk"].startswith("user#")]) == 2


@pytest.mark.parametrize("field", ["security_question", "security_answer"])
def test_a_blank_question_or_answer_is_refused(field: str) -> None:
    token = token_for(invited(an_account()))

    with nothing_changes():
        answer = accepting(token, **{field: "  "})

    assert wrong_fields(answer) == {field}
