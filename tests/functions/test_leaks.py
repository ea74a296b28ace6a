"""Every test is watched for secrets and addresses (`tests.leak_detection`); here are names and the watch itself."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from shared.adapters.dynamodb.codec import to_item
from shared.domain.model import errors
from shared.logging import logger
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL, Table
from tests import aws_fixture, invoke
from tests.aws_recorder import running
from tests.factories import (
    ACCEPT,
    ACCOUNT,
    DEACTIVATE,
    INVITE,
    JOIN,
    PASSWORD,
    PREVIEW,
    TERMS,
    USERS,
    ActiveUser,
    acceptance,
    accepted,
    deliver_queued,
    invited,
    signed_in,
    token_for,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call
from tests.functions.faults import refusing
from tests.invoke import wake
from tests.leak_detection import Watch
from tests.table_edits import overdue

QUESTION, NAME, MESSAGE, SEARCHED = "canariquestion?", "Canarietta", "canarimessage", "canarisearch"
ADDRESS = "canary.mail@leak.example"
PERSONAL = {QUESTION, NAME, MESSAGE, SEARCHED, "leak.example", "1234567", "+49 30"}
BODY = {
    "first_name": NAME,
    "last_name": NAME,
    "email": ADDRESS,
    "groups": ["everyone"],
    "message": MESSAGE,
    "notify": ["canary.told@leak.example"],
    "phone": {"country_code": "+49", "number": "30 1234567"},
}


def a_registration(token: str) -> dict[str, Any]:
    return acceptance(token, first_name=NAME, last_name=NAME, security_question=QUESTION)


def keyed(route: str, body: dict[str, Any], **parts: Any) -> invoke.Answer:
    return invoke.call(route, body=body, headers={"idempotency-key": "one"}, **parts)


def test_names_and_texts_of_people_leak_no_more_than_secrets(watch: Watch) -> None:
    watch.canaries |= PERSONAL
    ann = an_account(admin="canary.ann@leak.example")
    user = keyed(INVITE, BODY, caller=ann.signed_in, account_id=ACCOUNT).body
    refusals(ann, user)
    keyed(ACCEPT, a_registration(token_for(user)))
    lee = ActiveUser(user["user_id"], ADDRESS, signed_in(ADDRESS))
    zoe = an_account("zz999", admin="zoe@leak.example")
    second = keyed(INVITE, BODY, caller=zoe.signed_in, account_id="zz999").body
    keyed(JOIN, {"token": token_for(second), "terms_version": TERMS}, caller=lee.signed_in)
    call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query={"search": SEARCHED})
    call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query={"cursor": NAME})
    keyed(DEACTIVATE, {}, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id)
    overdue(invited(ann, "canary.late@leak.example", first_name=NAME))
    wake("expire")
    deliver_queued()
    wake("publish_events", {"Records": records()})

    assert watch.leaks() == set()
    assert set(watch.texts) == {*SINKS, "identities", "records", "search"}
    assert len(watch.texts["problems"]) > 10


def refusals(ann: ActiveUser, user: dict[str, Any]) -> None:
    """Requests of an invitee and an inviter that are refused, and some that AWS fails."""
    good = a_registration(token_for(user))
    for wrong in (
        {"password": PASSWORD + " "},
        {"password": [PASSWORD]},
        {"security_answer": "Rex the third\0"},
        {"terms_version": QUESTION},
        {"token": good["token"][:-1]},
        {"token": [good["token"]]},
        {"first_name": f"https://{NAME}"},
    ):
        keyed(ACCEPT, good | wrong)
    keyed(INVITE, {"email": ADDRESS, "first_name": [NAME]}, caller=ann.signed_in, account_id=ACCOUNT)
    invoke.call(INVITE, body=BODY, caller=ann.signed_in, account_id=ACCOUNT)
    keyed(JOIN, {"token": good["token"]}, caller=ann.signed_in)
    with refusing("cognito-idp", "AdminSetUserPassword", "SomeException"):
        assert invoke.call(ACCEPT, body=good).status == 500
    with refusing("dynamodb", "TransactWriteItems", "ValidationException"):
        assert invoke.call(ACCEPT, body=good).status == 500


def records() -> list[dict[str, Any]]:
    rows = enumerate(aws_fixture.items(JOURNAL))
    return [
        {
            "eventID": f"{number}",
            "eventName": "INSERT",
            "dynamodb": {"NewImage": to_item(row), "SequenceNumber": f"{number}"},
        }
        for number, row in rows
    ]


# ---- the watch finds what is planted ----


def into_logs(canary: str) -> None:
    logger.info("said", extra={"inside": {"it": f"as sent: {canary}"}})


def into_events(canary: str) -> None:
    entry = {
        "Source": "usher",
        "DetailType": "x",
        "Detail": json.dumps({"said": canary}),
        "EventBusName": aws_fixture.BUS,
    }
    with running("publish_events"):
        aws_fixture.events.put_events(Entries=[entry])


def into_problems(canary: str) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(errors.MalformedJson, "sentence", f"This is not valid: {canary}.")
        invoke.call(PREVIEW, raw="{")


def into_table(table: Table, **key: str) -> Callable[[str], None]:
    """Write it in each of the ways in which functions write."""

    def write(canary: str) -> None:
        row = to_item({"pk": "ab123", "said": [canary]} | ({"sk": "said"} if table.sort_key else {}) | key)
        put = {"Put": {"TableName": aws_fixture.physical(table), "Item": row}}
        with running("invite"):
            aws_fixture.dynamodb.transact_write_items(TransactItems=[put])

    return write


SINKS: dict[str, Callable[[str], None]] = {
    "logs": into_logs,
    "events": into_events,
    "problems": into_problems,
    "journal": into_table(JOURNAL),
    "mail": into_table(MAIL),
    "directory": into_table(DIRECTORY),
    "remembered": into_table(DIRECTORY, pk="idempotency#1"),
}
TABLES_OF_PEOPLE = {"directory", "remembered", "identities"}


@pytest.mark.parametrize("sink", SINKS)
def test_planted_secret_is_found_in_every_sink(watch: Watch, sink: str) -> None:
    token = a_token()
    answer = accepted(token, password="Pässword77", security_answer="Rex the fourth")
    secrets = ("Pässword77", "REX the fourth", token, *answer_tokens(answer))

    found = {secret: leak_of(watch, SINKS[sink], secret) for secret in secrets}

    assert found == {secret: {sink} for secret in secrets}


@pytest.mark.parametrize("sink", SINKS)
def test_stored_hash_of_an_answer_is_found_in_every_other_table(watch: Watch, sink: str) -> None:
    token = a_token()
    accepted(token, security_answer="Rex the fourth")
    [stored] = [row["security_answer"] for row in aws_fixture.items(IDENTITIES) if row["address"] == "lee@example.org"]

    assert watch.leaks() == set()
    assert leak_of(watch, SINKS[sink], stored) == {sink}


@pytest.mark.parametrize("sink", sorted({*SINKS} - TABLES_OF_PEOPLE))
def test_planted_address_is_found_outside_the_tables_of_people(watch: Watch, sink: str) -> None:
    a_token()
    addresses = ("ann@example.org", "lee@example.org")

    found = {address: leak_of(watch, SINKS[sink], address) for address in addresses}

    assert found == {address: {sink} for address in addresses}


def test_planted_name_is_found_though_a_caller_has_sent_it(watch: Watch) -> None:
    invited(an_account(), first_name=NAME)
    watch.canaries.add(NAME)

    assert leak_of(watch, into_logs, NAME) == {"logs"}


def test_planted_secret_is_found_in_an_identity_and_an_update(watch: Watch) -> None:
    a_token()
    update = {"UpdateExpression": "SET said = :it", "ExpressionAttributeValues": {":it": {"S": PASSWORD}}}

    def into_identity(_: str) -> None:
        with running("accept"):
            key = {"pk": {"S": "someone"}}
            aws_fixture.dynamodb.update_item(TableName=aws_fixture.physical(IDENTITIES), Key=key, **update)

    accepted("x", password=PASSWORD)
    assert leak_of(watch, into_identity, PASSWORD) == {"identities"}


@pytest.mark.parametrize("sink", ["logs", "journal"])
def test_address_that_was_only_read_is_found(watch: Watch, sink: str) -> None:
    overdue(invited(an_account(), "late@example.org"))
    watch.forget()

    wake("expire")

    assert leak_of(watch, SINKS[sink], "late@example.org") == {sink}


def test_mail_may_hold_its_recipient_and_no_other_address(watch: Watch) -> None:
    a_token()

    as_recipient = leak_of(watch, lambda it: into_table(MAIL, to_address=it)(""), "lee@example.org")
    beside_it = leak_of(watch, lambda it: into_table(MAIL, reply_to=it)(""), "lee@example.org")

    assert (as_recipient, beside_it) == (set(), {"mail"})


def a_token() -> str:
    with running("send_mail"):
        return token_for(invited(an_account()))


def answer_tokens(answer: invoke.Answer) -> list[str]:
    assert answer.status == 200
    return [token for token in answer.body["session"].values() if isinstance(token, str)]


def leak_of(watch: Watch, plant: Callable[[str], None], canary: str) -> set[str]:
    """Where the planted canary is found; nothing of it stays."""
    plant(canary)
    found = {leak.sink for leak in watch.leaks()}
    watch.texts.clear()
    return found
