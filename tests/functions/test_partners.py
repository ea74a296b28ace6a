"""The registry of certified partners, which operators keep."""

from typing import Any

import pytest

from shared.storage_schema import DIRECTORY, IDENTITIES
from tests import aws_fixture
from tests.factories import CERTIFY, PARTNER, WITHDRAW, an_operator
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused
from tests.functions.faults import losing_answers, meanwhile
from tests.functions.partners import PAT
from tests.invoke import Answer

BODY = {"partner_type": "expert_coach", "first_name": "Pat", "last_name": "Porter"}


def registry(route: str, email: str = PAT, **parts: Any) -> Answer:
    return call(route, caller=an_operator(), email=email, **parts)


def test_an_operator_certifies_an_address_without_an_id_changes_it_and_withdraws() -> None:
    certify = registry(CERTIFY, " Pia@EXAMPLE.org ", body=BODY)
    changed = registry(CERTIFY, body=BODY | {"last_name": "Poe", "partner_type": "certified_partner"})
    read = registry(PARTNER)
    withdrawn = registry(WITHDRAW)

    assert (certify.status, certify.body["email"], certify.body["withdrawn_at"]) == (200, PAT, None)
    assert changed.body == certify.body | {"last_name": "Poe", "partner_type": "certified_partner"} == read.body
    assert withdrawn.body | {"withdrawn_at": None} == read.body
    assert withdrawn.body["withdrawn_at"]
    assert refused(registry(PARTNER)) == (404, "not_found")


def test_a_repeat_of_a_registry_command_changes_nothing() -> None:
    an_operator()
    first = registry(CERTIFY, body=BODY)
    with nothing_changes():
        assert registry(CERTIFY, body=BODY).body == first.body
    gone = registry(WITHDRAW)
    with nothing_changes():
        assert registry(WITHDRAW).body == gone.body


def test_a_lost_answer_of_the_registry_is_made_good() -> None:
    an_operator()
    with losing_answers("dynamodb", "TransactWriteItems"):
        registry(CERTIFY, body=BODY)
    with losing_answers("dynamodb", "TransactWriteItems"):
        answer = registry(WITHDRAW)
    assert (answer.status, len([row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "withdrawal"])) == (200, 1)


def test_of_two_certifications_at_once_the_second_sees_the_first() -> None:
    an_operator()
    with meanwhile("dynamodb", "TransactWriteItems", lambda: registry(CERTIFY, body=BODY)):
        answer = registry(CERTIFY, body=BODY | {"last_name": "Poe"})

    [row] = [row for row in aws_fixture.items(IDENTITIES) if "certification" in row]
    assert (answer.status, row["certification"]["last_name"], row["certification"]["version"]) == (200, "Poe", 2)


def test_of_two_changes_of_a_certification_at_once_the_second_sees_the_first() -> None:
    an_operator()
    registry(CERTIFY, body=BODY)
    with meanwhile("dynamodb", "TransactWriteItems", lambda: registry(CERTIFY, body=BODY | {"last_name": "Pym"})):
        answer = registry(CERTIFY, body=BODY | {"last_name": "Poe"})

    [row] = [row for row in aws_fixture.items(IDENTITIES) if "certification" in row]
    assert (answer.status, row["certification"]["last_name"], row["certification"]["version"]) == (200, "Poe", 3)


@pytest.mark.parametrize("email", ["nobody@example.org", "no address", "@", "%40", "a@b", ""])
@pytest.mark.parametrize("route", [PARTNER, WITHDRAW])
def test_an_address_that_is_not_certified_is_not_found(route: str, email: str) -> None:
    assert refused(registry(route, email)) == (404, "not_found")


@pytest.mark.parametrize(
    "wrong",
    [
        {"partner_type": "friend"},
        {"first_name": "Usher", "last_name": "Support"},
        {"partner_type": None},
        {"first_name": ""},
        {"last_name": "www.evil.example"},
        {"x": 1},
    ],
)
def test_an_entry_of_the_registry_has_a_type_and_names(wrong: dict[str, Any]) -> None:
    assert refused(registry(CERTIFY, body=BODY | wrong)) == (422, "invalid_request")


@pytest.mark.parametrize("route", [PARTNER, CERTIFY, WITHDRAW])
def test_the_registry_is_for_operators_alone(route: str) -> None:
    ann = an_account()
    body = {"body": BODY} if route == CERTIFY else {}
    assert refused(call(route, caller=ann.signed_in, email=PAT, **body)) == (403, "not_allowed")
