"""Someone accepts an invitation with a new ID: what they are then, who is told, and what accepting again does."""

from datetime import timedelta

import pytest
import time_machine
from moto.cognitoidp.models import cognitoidp_backends
from moto.core.models import DEFAULT_ACCOUNT_ID

from shared.adapters.cognito import open_cognito
from shared.clock import utc_now
from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import JOURNAL, MAIL
from tests import aws_fixture
from tests.command_cases.effects import identity_of
from tests.factories import (
    ACCOUNT,
    GET_ACCOUNT,
    LEE_ADDRESS,
    ME,
    PASSWORD,
    delivered,
    invited,
    signed_in,
    text_of,
    token_for,
)
from tests.functions.accepting import accept_link
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused
from tests.table_edits import user_row


def test_accepting_makes_an_active_user_with_the_chosen_names_and_signs_in() -> None:
    user = invited(an_account(), phone={"country_code": "+44", "number": "2079460000"})

    answer = accept_link(token_for(user), first_name="Leonora", last_name="Chosen")

    made = answer.body["user"]
    assert answer.status == 200
    assert (made["user_id"], made["status"], made["invitation"]) == (user["user_id"], "active", None)
    assert (made["first_name"], made["last_name"]) == ("Leonora", "Chosen")
    assert made["phone"] == {"country_code": "+44", "number": "2079460000"}
    assert made["joined_at"] == made["updated_at"] == made["last_seen_at"]
    assert answer.body["account"] == {"account_id": ACCOUNT, "name": "Account ab123"}
    assert answer.body["session"]["expires_in"] > 0


def test_the_session_is_that_of_the_new_identity() -> None:
    session = accept_link(token_for(invited(an_account()))).body["session"]

    user = aws_fixture.cognito.get_user(AccessToken=session["access_token"])
    attributes = {each["Name"]: each["Value"] for each in user["UserAttributes"]}

    assert user["Username"] == attributes["email"] == "lee@example.org"
    assert attributes["sub"] == identity_of(LEE_ADDRESS)["sub"]
    assert (attributes["email_verified"], attributes["custom:usher"]) == ("true", "accept")
    assert call(ME, caller=signed_in("lee@example.org")).body["accounts"][0]["account_id"] == ACCOUNT


def test_accepting_moves_counters_and_writes_one_entry_and_two_mails() -> None:
    ann = an_account(seats=5)
    user = invited(ann)

    accept_link(token_for(user))

    account = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body
    entries = [row["type"] for row in aws_fixture.items(JOURNAL) if row.get("user_id") == user["user_id"]]
    kinds = [row["kind"] for row in aws_fixture.items(MAIL) if row.get("user_id") == user["user_id"]]
    assert account["seats"]["used"] == 2
    assert (account["counts"]["invited"], account["counts"]["active"]) == (0, 2)
    assert sorted(entries) == ["user.invited", "user.joined"]
    assert sorted(kinds) == ["account_information", "invitation", "joined"]
    assert "due" not in user_row(user["user_id"])


def test_the_person_and_the_inviter_are_told() -> None:
    accept_link(token_for(invited(an_account())))

    told = {(mail["To"], mail["Subject"]): text_of(mail) for mail in delivered()}

    [to_lee] = [text for (to, _), text in told.items() if "lee@example.org" in to]
    [to_ann] = [text for (to, _), text in told.items() if "ann@example.org" in to and "Lee Sherron" in text]
    assert all(fact in to_lee for fact in ("Account ab123", "https://console.usher.example", "lee@example.org"))
    assert "joined Account ab123" in to_ann


def test_a_phone_given_at_acceptance_wins() -> None:
    user = invited(an_account(), phone={"country_code": "+44", "number": "2079460000"})

    made = accept_link(token_for(user), phone={"country_code": "+49", "number": "030 1234567"}).body["user"]

    assert made["phone"] == {"country_code": "+49", "number": "301234567"}


def test_of_the_security_answer_only_a_hash_is_kept_and_of_the_password_nothing() -> None:
    accept_link(token_for(invited(an_account())), security_answer="Bellerophon", security_question="Horse?")

    identity = identity_of(LEE_ADDRESS)

    assert identity["security_question"] == "Horse?"
    assert identity["security_answer"].startswith("scrypt$")
    assert "sign_in_lock" not in identity
    assert not any(
        secret in repr(aws_fixture.everything()).casefold() for secret in ("bellerophon", PASSWORD.casefold())
    )


def test_password_is_the_same_in_both_ways_to_compose_its_letters() -> None:
    token = token_for(invited(an_account()))
    assert accept_link(token, password="Pfu\u0308tze77").status == 200

    again = accept_link(token, password="Pf\u00fctze77")

    assert again.body["session"]
    assert open_cognito().sign_in("lee@example.org", "Pf\u00fctze77")


# ---- twice ----


def test_the_same_person_may_accept_again_without_a_second_effect() -> None:
    token = token_for(invited(an_account()))
    first = accept_link(token)

    with nothing_changes():
        again = accept_link(token, first_name="Other", security_answer="Other")

    assert (again.status, again.body["user"]) == (200, first.body["user"])
    assert again.body["session"]["access_token"]


def test_a_day_later_an_accepted_link_takes_no_password_any_more() -> None:
    token = token_for(invited(an_account()))
    accept_link(token)

    with time_machine.travel(utc_now() + timedelta(days=1), tick=True):
        answer = accept_link(token)

    assert refused(answer) == (410, "invitation_accepted")


@pytest.mark.parametrize("channel", Channel)
def test_someone_else_finds_the_link_accepted(channel: Channel) -> None:
    user = invited(an_account())
    accept_link(token_for(user))

    with nothing_changes():
        answer = accept_link(token_for(user, channel=channel), password="Guessed88")

    assert refused(answer) == (410, "invitation_accepted")


def test_if_only_the_signing_in_fails_the_answer_has_no_session() -> None:
    token = token_for(invited(an_account()))
    clients = cognitoidp_backends[DEFAULT_ACCOUNT_ID][aws_fixture.REGION].user_pools[aws_fixture.USER_POOL_ID].clients
    client = clients.pop(aws_fixture.USER_POOL_CLIENT_ID)
    try:
        answer = accept_link(token)
    finally:
        clients[aws_fixture.USER_POOL_CLIENT_ID] = client

    assert (answer.status, answer.body["session"], answer.body["user"]["status"]) == (200, None, "active")
    assert accept_link(token).body["session"]
