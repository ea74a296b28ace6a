from typing import Any

import pytest

from shared.domain.model import addresses
from shared.storage_schema import DIRECTORY, MAIL
from tests import aws_fixture
from tests.factories import (
    ACCOUNT,
    INVITE,
    USER,
    an_account,
    deliver_queued,
    invited,
)
from tests.functions.contract import call, document, nothing_changes
from tests.invoke import SignedIn, wake
from tests.table_edits import set_in

LONG_AGO = "2026-01-01T00:00:00.000Z"


def invitation(**fields: Any) -> dict[str, Any]:
    return {"first_name": "Lee", "last_name": "Sherron", "email": "lee@example.org", "groups": ["everyone"]} | fields


def test_unknown_fields_of_a_phone_are_refused() -> None:
    ann = an_account()
    phone = {"country_code": "+44", "number": "2079460000", "extension": "1"}

    with nothing_changes():
        answer = call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=invitation(phone=phone))

    assert answer.status == 422


def test_every_shape_that_is_answered_is_closed() -> None:
    schemas = document()["components"]["schemas"]
    of_a_standard = {"Options", "PartOfQuestion", *(name for name in schemas if name.startswith("Asked"))}

    objects = {name: schema for name, schema in schemas.items() if schema.get("type") == "object"}
    open_ones = {name for name, schema in objects.items() if schema.get("additionalProperties") is not False}

    assert objects
    assert open_ones == {"Problem"} | of_a_standard  # AuthZEN wants unknown fields ignored.


@pytest.mark.parametrize("letter", ["\ud55c", "\ufdfa"])
def test_the_longest_name_in_any_script_can_be_sorted(letter: str) -> None:
    ann = an_account()

    body = invitation(first_name=letter * 80, last_name=letter * 80)
    answer = call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=body)

    [row] = [row for row in aws_fixture.items(DIRECTORY) if row.get("email") == "lee@example.org"]
    assert answer.status == 201
    assert len(row["name_key"].encode()) <= 1024


@pytest.mark.parametrize("name", ["\u200b", "\ufeff", "\u00ad", "-", "\U000e0041"])
def test_a_name_that_nobody_can_read_is_none(name: str) -> None:
    ann = an_account()

    with nothing_changes():
        answer = call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=invitation(first_name=name))

    assert answer.status == 422


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("l" * 65 + "@example.org", "This is not an email address that can be mailed to."),
        ("lee@example..org", "This is not an email address that can be mailed to."),
        ("lee@", "This is not an email address that can be mailed to."),
        ("lee.example.org", "An email address has an @ sign, such as in name@example.com."),
    ],
)
def test_what_mail_systems_refuse_is_no_address(address: str, sentence: str) -> None:
    with pytest.raises(ValueError, match="address") as refused:
        addresses.canonical(address)

    assert str(refused.value) == sentence


def test_mailboxes_of_tests_are_mailboxes() -> None:
    assert addresses.canonical("Lee@Usher.Test") == "lee@usher.test"


@pytest.mark.parametrize("account_id", [ACCOUNT, "AB"])
def test_an_id_token_is_refused_before_anything_else_is_looked_at(account_id: str) -> None:
    ann = an_account()
    id_token = SignedIn(ann.address, ann.signed_in.sub, token_use="id")

    one_user = call(USER, caller=id_token, account_id=account_id, user_id="z" * 26)
    no_body = call(INVITE, caller=id_token, account_id=account_id, body={})

    assert [one_user.status, no_body.status] == [401, 401]


def test_a_mail_that_cannot_be_read_holds_up_no_other() -> None:
    ann = an_account()
    deliver_queued()
    invited(ann, "one@example.org")
    invited(ann, "two@example.org")
    unreadable, good = [row["pk"] for row in aws_fixture.items(MAIL) if row["state"] == "queued"]
    set_in(MAIL, {"pk": unreadable}, due_at=LONG_AGO, kind="unheard_of")
    set_in(MAIL, {"pk": good}, due_at="2026-01-02T00:00:00.000Z")

    with pytest.raises(RuntimeError, match="could not be processed"):
        wake("send_mail")

    assert [row["state"] for row in aws_fixture.items(MAIL) if row["pk"] == good] == ["sent"]
