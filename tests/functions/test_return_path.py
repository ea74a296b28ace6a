"""Where a person is led to who has joined: into the host product, where the deployment names it (rules 17 and 38)."""

import importlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from functions.accept import handler as accept_handler
from functions.join import handler as join_handler
from functions.send_mail import context_values
from shared.settings import settings
from shared.storage_schema import JOURNAL
from tests import aws_fixture
from tests.clock import next_noon
from tests.factories import (
    ACCEPT,
    ACCOUNT,
    INVITE,
    JOIN,
    RESEND,
    USER,
    a_user,
    acceptance,
    delivered,
    invitation,
    invited,
    text_of,
    token_for,
)
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, wrong_fields

PATH = "/boards/9?view=list"


@pytest.fixture
def app_url() -> Iterator[None]:
    """Start the functions of a deployment that names the host product."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("APP_URL", "https://{account_id}.boards.example/home")
        start_again()
        yield
    start_again()


def start_again() -> None:
    settings.cache_clear()
    for module in (accept_handler, join_handler, context_values):
        importlib.reload(module)


@pytest.mark.usefixtures("app_url")
def test_new_id_is_led_to_the_path_of_its_invitation_also_on_a_repeat() -> None:
    token = token_for(invited(an_account(), return_path=PATH))

    answers = [call(ACCEPT, body=acceptance(token)) for _ in range(2)]

    expected = f"https://{ACCOUNT}.boards.example/home{PATH}"
    assert [answer.body["continue_url"] for answer in answers] == [expected] * 2


@pytest.mark.usefixtures("app_url")
def test_known_id_is_led_to_the_host_product_without_a_path() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann)
    user = invited(zoe, lee.address, account_id="zz999")

    answer = call(JOIN, caller=lee.signed_in, body={"token": token_for(user)})

    assert answer.body["continue_url"] == "https://zz999.boards.example/home"


@pytest.mark.usefixtures("app_url")
def test_account_information_leads_into_the_host_product() -> None:
    call(ACCEPT, body=acceptance(token_for(invited(an_account(), return_path=PATH))))

    [mail] = [
        each for each in delivered() if "lee@" in str(each["To"]) and "account information" in str(each["Subject"])
    ]
    text = text_of(mail)
    assert f"https://{ACCOUNT}.boards.example/home" in text
    assert PATH not in text


def test_without_a_host_product_the_path_waits_and_people_are_led_to_the_console() -> None:
    answer = call(ACCEPT, body=acceptance(token_for(invited(an_account(), return_path=PATH))))

    assert answer.status == 200
    assert answer.body["continue_url"] is None


@pytest.mark.usefixtures("app_url")
def test_path_survives_a_resend() -> None:
    ann = an_account()
    user = invited(ann, return_path=PATH)

    with time_machine.travel(next_noon(), tick=False):
        user = call(RESEND, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"]).body
        answer = call(ACCEPT, body=acceptance(token_for(user)))

    assert answer.body["continue_url"].endswith(PATH)


def test_path_is_shown_to_nobody() -> None:
    ann = an_account()
    user = invited(ann, return_path=PATH)

    seen = call(USER, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"]).body

    assert PATH not in json.dumps([user, seen, *aws_fixture.items(JOURNAL)], default=str)


@pytest.mark.parametrize("path", ["boards/9", "//evil.example", "/a/../../b", "/" + "x" * 500, "/a b", " ", 7])
def test_other_than_a_path_is_refused(path: Any) -> None:
    ann, body = an_account(), invitation("lee@example.org", return_path=path)

    with nothing_changes():
        answer = call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=body)

    assert wrong_fields(answer) == {"return_path"}
