"""Canaries planted in everything that is secret or personal, looked for wherever they could come out."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from shared.adapters.items import to_item
from shared.domain.links import Channel
from shared.observability import logger
from shared.tables import DIRECTORY, IDENTITIES, JOURNAL, MAIL
from tests import calls, world
from tests.builders import overdue
from tests.calls import wake
from tests.functions.contract import call
from tests.functions.faults import heard_logs, refusing
from tests.functions.standing import an_account
from tests.people import (
    ACCEPT,
    ACCOUNT,
    DEACTIVATE,
    INVITE,
    JOIN,
    PREVIEW,
    TERMS,
    USERS,
    Person,
    acceptance,
    an_operator,
    deliver_queued,
    signed_in,
    token_for,
)

PASSWORD, ANSWER, QUESTION = "Canarybird77", "canarianswer", "canariquestion?"
ADDRESS, NOTIFIED, INVITER = "canary.mail@leak.example", "canary.told@leak.example", "canary.ann@leak.example"
NAME, MESSAGE, SEARCHED = "Canarietta", "canarimessage", "canarisearch"
SECRETS = {PASSWORD, ANSWER}
PERSONAL = {ADDRESS, NOTIFIED, INVITER, NAME, MESSAGE, QUESTION, SEARCHED, "leak.example", "1234567", "+49 30"}


def found(text: str, canaries: set[str]) -> set[str]:
    return {canary for canary in canaries if canary.casefold() in text.casefold()}


class Story:
    """Everything that can be done, done by people whose data are canaries; what was answered, and which tokens flew."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.tokens: set[str] = set()
        self.sessions: set[str] = set()
        ann = an_account(admin=INVITER)
        user = self._invited(ann, ADDRESS)
        self._post(PREVIEW, {"token": token_for(user)})
        self._refusals(ann, user)
        self._accepted(user)
        lee = Person(user["user_id"], ADDRESS, signed_in(ADDRESS))
        zoe = an_account("zz999", admin="zoe@leak.example")
        second = self._invited(zoe, ADDRESS, account_id="zz999")
        self._post(JOIN, {"token": token_for(second), "terms_version": TERMS}, caller=lee.signed_in)
        call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query={"search": SEARCHED})
        call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query={"cursor": NAME})
        call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=lee.user_id, body={})
        overdue(self._invited(ann, "canary.late@leak.example"))
        wake("expire")
        deliver_queued()
        wake("send_mail")
        wake("publish_events", {"Records": list(self._records())})

    def _invited(self, by: Person, address: str, *, account_id: str = ACCOUNT) -> dict[str, Any]:
        body: dict[str, Any] = {"first_name": NAME, "last_name": NAME, "email": address, "groups": ["everyone"]}
        body |= {"message": MESSAGE, "notify": [NOTIFIED], "phone": {"country_code": "+49", "number": "30 1234567"}}
        user: dict[str, Any] = self._post(INVITE, body, caller=by.signed_in, account_id=account_id).body
        self.tokens |= {token_for(user, channel=channel).rpartition(".")[2] for channel in Channel}
        return user

    def _accepted(self, user: dict[str, Any]) -> None:
        answer = self._post(ACCEPT, a_registration(token_for(user)))
        again = self._post(ACCEPT, a_registration(token_for(user)))
        for made in (answer, again):
            self.sessions |= {str(value) for value in made.body["session"].values() if isinstance(value, str)}

    def _refusals(self, ann: Person, user: dict[str, Any]) -> None:
        token = token_for(user)
        good = a_registration(token)
        for body in (
            good | {"password": PASSWORD + " "},
            good | {"password": [PASSWORD]},
            good | {"security_answer": [ANSWER]},
            good | {"security_answer": ANSWER + "\0"},
            good | {"terms_version": QUESTION},
            good | {"token": token[:-1]},
            good | {"token": [token]},
            good | {"first_name": f"https://{NAME}"},
        ):
            self._post(ACCEPT, body)
        self._post(INVITE, {"email": ADDRESS, "first_name": [NAME]}, caller=ann.signed_in, account_id=ACCOUNT)
        body = {"first_name": NAME, "last_name": NAME, "email": ADDRESS, "groups": ["everyone"]}
        self._post(INVITE, body, caller=ann.signed_in, account_id=ACCOUNT)
        self._post(JOIN, {"token": token}, caller=ann.signed_in)
        with refusing("cognito-idp", "AdminSetUserPassword", f"Code {1}"):
            failed = calls.call(ACCEPT, body=good)
        with refusing("dynamodb", "TransactWriteItems", "ValidationException"):
            failing = calls.call(ACCEPT, body=good)
        self.problems += [failed.text, failing.text]
        assert (failed.status, failing.status) == (500, 500)

    def _post(self, route: str, body: dict[str, Any], **parts: Any) -> calls.Answer:
        key = f"key-{len(self.problems)}"
        answer = call(route, body=body, headers={"idempotency-key": key}, **parts)
        if answer.status >= 400:
            self.problems.append(answer.text)
        return answer

    def _records(self) -> Iterator[dict[str, Any]]:
        for number, row in enumerate(world.items(JOURNAL)):
            yield {"dynamodb": {"NewImage": to_item(row), "SequenceNumber": f"{number}"}}


def a_registration(token: str) -> dict[str, Any]:
    return acceptance(token, first_name=NAME, password=PASSWORD, security_question=QUESTION, security_answer=ANSWER)


def published() -> str:
    messages: list[Any] = []
    while batch := world.sqs.receive_message(QueueUrl=world.WATCHED, MaxNumberOfMessages=10).get("Messages"):
        messages += batch
        for message in batch:
            world.sqs.delete_message(QueueUrl=world.WATCHED, ReceiptHandle=message["ReceiptHandle"])
    return json.dumps([json.loads(message["Body"]) for message in messages])


@contextmanager
def everything_told() -> Iterator[tuple[Story, dict[str, str]]]:
    """The story, and each place that must keep silent with all that it holds."""
    an_operator()
    with heard_logs() as logs:
        story = Story()
    directory = world.items(DIRECTORY)
    yield (
        story,
        {
            "logs": logs.getvalue(),
            "journal": repr(world.items(JOURNAL)),
            "events": published(),
            "problems": repr(story.problems),
            "mail": repr([row | {"to_address": ""} for row in world.items(MAIL)]),
            "directory": repr(directory),
            "remembered": repr([row for row in directory if row["sk"] == "idempotency"]),
            "identities": repr(world.items(IDENTITIES)),
        },
    )


def test_no_secret_and_no_person_comes_out_where_they_must_not() -> None:
    with everything_told() as (story, places):
        secrets = {place: found(text, SECRETS | story.tokens | story.sessions) for place, text in places.items()}
        personal = {
            place: found(places[place], PERSONAL) for place in ("logs", "journal", "events", "problems", "mail")
        }

    assert len(story.problems) > 12
    assert len(story.tokens) > 4
    assert len(story.sessions) > 4
    assert all(places.values())
    assert {place for place, leaked in secrets.items() if leaked} == set()
    assert {place for place, leaked in personal.items() if leaked} == set()
    assert "user.joined" in places["events"]


@pytest.mark.parametrize("canary", sorted(SECRETS | PERSONAL))
def test_a_leak_would_be_found(canary: str) -> None:
    heard = io.StringIO()
    heard.write(json.dumps({"said": f"x{canary}y"}))
    with heard_logs() as logs:
        logger.info("leaking", extra={"said": canary})

    assert canary in found(heard.getvalue(), SECRETS | PERSONAL)
    assert canary in found(logs.getvalue(), SECRETS | PERSONAL)
