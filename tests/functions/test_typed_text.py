"""What is typed is what is stored and mailed: texts as people paste them, on the routes that take them (rule 2)."""

import base64
import codecs
import json
from typing import Any

import pytest

from shared.storage_schema import DIRECTORY
from tests import aws_fixture
from tests.factories import (
    ACCOUNT,
    CREATE_TEAM,
    EDIT_ME,
    INVITE,
    LEE_BODY,
    OPEN_ACCOUNT,
    PROFILE,
    SETTINGS,
    an_operator,
    delivered,
    new_account,
    text_of,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, wrong_fields
from tests.functions.invites import invite_lee
from tests.invoke import event, run

PASTED = "\ufeff\u202aMary\u00a0 Lou\u202c\u00ad "


def stored_invitation() -> dict[str, Any]:
    [row] = [row for row in aws_fixture.items(DIRECTORY) if row.get("email") == "lee@example.org"]
    return dict(row["invitation"])


def test_pasted_names_and_addresses_are_cleaned() -> None:
    user = invite_lee(
        an_account(), first_name=PASTED, last_name="O\u2019Neil,\u3000M.Sc.", email="\u200b Lee@example.org\u00a0"
    ).body

    assert (user["first_name"], user["last_name"], user["email"]) == (
        "Mary Lou",
        "O\u2019Neil, M.Sc.",
        "lee@example.org",
    )


def test_a_message_keeps_emoji_and_gets_one_kind_of_line_break() -> None:
    invite_lee(an_account(), message="Hi Lee \U0001fae8\r\n\r\nsee you \U0001faea\u2028Ann\r")

    texts = [text_of(mail) for mail in delivered()]
    assert stored_invitation()["message"] == "Hi Lee \U0001fae8\n\nsee you \U0001faea\nAnn"
    assert any("> Hi Lee \U0001fae8\n>\n> see you \U0001faea\n> Ann\n" in text for text in texts)


def test_the_other_names_and_texts_are_cleaned_likewise() -> None:
    ann = an_account()

    me = call(EDIT_ME, caller=ann.signed_in, body={"first_name": PASTED})
    team = call(CREATE_TEAM, caller=ann.signed_in, account_id=ACCOUNT, body={"name": f"{PASTED}.org"})
    profile = call(PROFILE, caller=ann.signed_in, body={"signature": "Ann\r\n\u2029Northwind\r\n"})

    assert me.body["first_name"] == "Mary Lou"
    assert team.body["name"] == "Mary Lou .org"
    assert profile.body["signature"] == "Ann\n\nNorthwind"


@pytest.mark.parametrize("name", ["Booking.com", "Usher Support GmbH", "Dr.Oetker", "www.shop"])
def test_staff_may_open_an_account_of_any_name(name: str) -> None:
    body = new_account("ac777", seats=1, admin="ann@example.org", name=f" {name}\u00a0")

    opened = call(OPEN_ACCOUNT, caller=an_operator(), body=body)

    assert (opened.status, opened.body["account"]["name"]) == (201, name)


def test_a_help_page_is_kept_as_mails_link_to_it() -> None:
    ann = an_account()

    answer = call(
        SETTINGS,
        caller=ann.signed_in,
        account_id=ACCOUNT,
        body={"help_url": "HTTPS://hilfe.b\u00fccher.example/\u00e9t\u00e9"},
    )

    assert answer.body["settings"]["help_url"] == "https://hilfe.xn--bcher-kva.example/%C3%A9t%C3%A9"


@pytest.mark.parametrize("is_binary", [False, True])
def test_a_byte_order_mark_before_a_body_is_ignored(is_binary: bool) -> None:
    ann = an_account()
    sent = codecs.BOM_UTF8 + json.dumps(LEE_BODY).encode()
    body = base64.b64encode(sent).decode() if is_binary else sent.decode()
    asked = event(INVITE, caller=ann.signed_in, account_id=ACCOUNT)

    answer = run(asked | {"body": body, "isBase64Encoded": is_binary})

    assert answer.status == 201


def test_a_repeat_is_the_same_with_and_without_a_byte_order_mark() -> None:
    ann = an_account()
    asked = event(INVITE, caller=ann.signed_in, account_id=ACCOUNT, headers={"idempotency-key": "k1"})

    answers = [run(asked | {"body": mark + json.dumps(LEE_BODY)}) for mark in ("", "\ufeff")]

    assert [answer.status for answer in answers] == [201, 201]
    assert answers[0].body == answers[1].body


@pytest.mark.parametrize("letter", ["\ud55c", "\ufdfa"])
def test_the_longest_name_in_any_script_can_be_sorted(letter: str) -> None:
    answer = invite_lee(an_account(), first_name=letter * 80, last_name=letter * 80)

    [row] = [row for row in aws_fixture.items(DIRECTORY) if row.get("email") == "lee@example.org"]
    assert answer.status == 201
    assert len(row["name_key"].encode()) <= 1024


@pytest.mark.parametrize("name", ["\u200b", "\ufeff", "\u00ad", "-", "\U000e0041"])
def test_a_name_without_a_visible_letter_is_refused(name: str) -> None:
    ann = an_account()

    with nothing_changes():
        answer = invite_lee(ann, first_name=name)

    assert wrong_fields(answer) == {"first_name"}


def test_unknown_fields_of_a_phone_are_refused() -> None:
    ann = an_account()

    with nothing_changes():
        answer = invite_lee(ann, phone={"country_code": "+44", "number": "2079460000", "extension": "1"})

    assert wrong_fields(answer) == {"phone.extension"}
