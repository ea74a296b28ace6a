"""Another account's ids, unknown ids and malformed ids are one, to every kind of caller, wherever an id can stand.

A command reads all that it needs at once, before it is known whether its caller is anybody there: no account is
touched but the caller's and the one that the request names, and nothing is written.
"""

from typing import Any, NamedTuple

import pytest

from shared.domain.model.ids import Ids
from shared.domain.model.users import Status
from shared.settings import settings
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL
from tests import aws_fixture
from tests.aws_recorder import Exchange, listening
from tests.domain_factories import set_user
from tests.factories import ACCOUNT
from tests.functions.cached_fixtures import SECOND
from tests.functions.contract import call
from tests.invoke import Answer
from tests.proofs.dynamodb_access import Touch, touches
from tests.proofs.every_route import (
    ROUTES,
    Parts,
    RouteWorld,
    caller_of,
    parts_of,
    path_ids,
    query_fields,
    route_world,
    success_of,
)
from tests.proofs.ids import ACCOUNTS_OF, Question, questions
from tests.proofs.promises import tried

KEYED = {"headers": {"idempotency-key": "one"}}


class Seen(NamedTuple):
    """What one value led to: the answer without what names it, its refusal, and what it should not have touched."""

    asked: str
    answer: tuple[int, str, str]
    refusal: tuple[int, str | None]
    wrongly_touched: list[Touch]


@pytest.mark.parametrize("route", ROUTES)
def test_a_good_request_succeeds_and_touches_its_own_account_alone(route: str) -> None:
    there = route_world()
    parts = parts_of(route, there) | KEYED

    answer, touched = asked(route, parts)

    assert answer.status == success_of(route), answer.text
    assert foreign(touched, parts, there, caller=caller_of(route)) == []


@pytest.mark.parametrize("route", ROUTES)
def test_foreign_absent_and_malformed_ids_are_one_to_everybody(route: str) -> None:
    there = route_world()
    answers, different, wrongly_touched = 0, [], []

    for question in questions(route, there):
        seen = [answered(question, value, there) for value in (*question.alike, *question.malformed)]
        expected = seen[0].answer
        alike, malformed = seen[: len(question.alike)], seen[len(question.alike) :]
        different += [one for one in alike if one.answer != expected]
        different += [one for one in malformed if one.answer != expected and one.refusal != (404, "not_found")]
        wrongly_touched += [touch for one in seen for touch in one.wrongly_touched]
        answers += len(seen)

    tried("isolation", answers)
    assert different == []
    assert wrongly_touched == []


@pytest.mark.parametrize("status", [status.value for status in Status if status is not Status.ACTIVE])
def test_whoever_is_not_active_in_an_account_does_not_see_it(status: str) -> None:
    there = route_world()
    routes = [route for route in ROUTES if "account_id" in path_ids(route) and caller_of(route) == "administrator"]
    set_user({"account_id": ACCOUNT, "user_id": there.target.user_id}, status=status, admin=True)

    for route in routes:
        parts = parts_of(route, there)
        as_stranger, _ = asked(route, parts | {"caller": there.callers["stranger"]})
        answer, _ = asked(route, parts | {"caller": there.target.signed_in})
        assert nameless(answer, "") == nameless(as_stranger, ""), route
        assert answer.status == 404


@pytest.mark.parametrize("route", [route for route in ROUTES if "cursor" in query_fields(route)])
def test_another_accounts_cursor_leads_nowhere_else(route: str) -> None:
    there = route_world()
    theirs = call(route, caller=there.callers["administrator elsewhere"], account_id=SECOND, query={"limit": "1"})
    parts = parts_of(route, there) | {"query": {"cursor": theirs.body["next_cursor"]}}

    answer, touched = asked(route, parts)

    assert {row["account_id"] for row in answer.body["data"] if "account_id" in row} <= {ACCOUNT}
    assert foreign(touched, parts, there, caller="administrator") == []


def answered(question: Question, value: Any, there: RouteWorld) -> Seen:
    """One cell of the matrix."""
    parts = question.place.put(question.parts, value)
    answer, touched = asked(question.place.route, parts | KEYED)
    wrongly = foreign(touched, parts, there, caller=question.caller) + [touch for touch in touched if touch.is_write]
    said = f"{question.caller} asks {question.place} for {value!r}"
    return Seen(said, nameless(answer, value), (answer.status, answer.code), wrongly)


def asked(route: str, parts: Parts) -> tuple[Answer, list[Touch]]:
    """The answer, and what was touched for it."""
    touched: list[Touch] = []

    def note(exchange: Exchange) -> None:
        if exchange.service == "dynamodb":
            touched.extend(touches(exchange))

    with listening(note):
        return call(route, **parts), touched


def nameless(answer: Answer, value: Any) -> tuple[int, str, str]:
    """An answer apart from the id of its request and from what the caller wrote."""
    text = answer.text.replace(str(answer.body.get("request_id")), "")
    for word in value if isinstance(value, list) else [value]:
        text = text.replace(f"'{word}'", "")
    return answer.status, text, repr(sorted(answer.headers.items()))


def foreign(touched: list[Touch], parts: Parts, there: RouteWorld, *, caller: str | None) -> list[Touch]:
    """What belongs neither to the caller, nor to the account that the request names, nor to whom its token invites."""
    token = (parts.get("body") or {}).get("token", "")
    named = {
        parts.get("account_id"),
        token.split(".")[1] if "." in token else (parts.get("body") or {}).get("account_id"),
    }
    addresses = [there.invited[token]] if token in there.invited else []
    addresses += [parts["caller"].username] if parts["caller"] else []
    identity = Ids(settings().pepper).identity_id
    own = named | ACCOUNTS_OF.get(caller or "", set()) | {"idempotency"} | set(map(identity, addresses))
    return [touch for touch in touched if owner(touch) not in own]


def owner(touch: Touch) -> str:
    """The account, identity or request that an item belongs to."""
    if touch.table == aws_fixture.physical(MAIL):
        assert touch.item, "a mail of whose account nobody knows"
        return str(touch.item["account_id"])
    if touch.table == aws_fixture.physical(IDENTITIES):
        return touch.partition
    assert touch.table in {aws_fixture.physical(DIRECTORY), aws_fixture.physical(JOURNAL)}
    return touch.partition.partition("#")[0]
