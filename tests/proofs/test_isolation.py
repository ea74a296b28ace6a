"""Another account's ids, unknown ids and malformed ids are one, to every kind of caller, in every place for an id.

A command reads all that it needs at once, before it is known whether its caller is a user there: no account is
read but the caller's and the one that the request names, and nothing is written.
"""

from typing import Any, NamedTuple

import pytest

from shared.adapters.dynamodb.account_search_items import PARTITION
from shared.adapters.dynamodb.seat_request_items import DUE_DECISIONS
from shared.domain.model.ids import Ids
from shared.domain.model.users import Status
from shared.settings import settings
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL, RECORDS, SEARCH
from tests import aws_fixture
from tests.aws_recorder import Exchange, listening
from tests.command_cases import ROUTES
from tests.command_cases.case import KEYED
from tests.factories import ACCOUNT, MY_INVITATIONS
from tests.functions.contract import call, parameters_of
from tests.invoke import Answer
from tests.proofs.dynamodb_access import Access, accesses
from tests.proofs.ids import IdCase, id_cases
from tests.proofs.promises import tried
from tests.proofs.route_states import Parts, RouteState, state_of
from tests.proofs.snapshots import rows
from tests.table_edits import set_user


class Seen(NamedTuple):
    """What one value led to: the answer without what names it, its refusal, and the accesses that are forbidden."""

    asked: str
    answer: tuple[int, str, str]
    refusal: tuple[int, str | None]
    foreign: list[Access]


@pytest.mark.parametrize("route", ROUTES)
def test_good_request_succeeds_and_accesses_its_own_account_alone(route: str) -> None:
    state = state_of(route)
    parts = state.request() | {"headers": KEYED}

    answer, accessed = asked(route, parts)

    assert answer.status == state.case.status, answer.text
    assert foreign(accessed, parts, state, caller="its own") == []


@pytest.mark.parametrize("route", ROUTES)
def test_foreign_absent_and_malformed_ids_get_one_answer(route: str) -> None:
    state = state_of(route)
    answers, different, wrongly = 0, [], []

    for id_case in id_cases(route, state):
        seen = [answered(id_case, value, state) for value in (*id_case.alike, *id_case.malformed)]
        expected = seen[0].answer
        alike, malformed = seen[: len(id_case.alike)], seen[len(id_case.alike) :]
        different += [one for one in alike if one.answer != expected]
        different += [one for one in malformed if one.answer != expected and one.refusal != (404, "not_found")]
        wrongly += [access for one in seen for access in one.foreign]
        answers += len(seen)

    tried("isolation", answers)
    assert different == []
    assert wrongly == []


@pytest.mark.parametrize("status", [status.value for status in Status if status is not Status.ACTIVE])
def test_user_who_is_not_active_does_not_see_the_account(status: str) -> None:
    routes = [route for route in ROUTES if "account_id" in parameters_of(route, "path") and "/operator/" not in route]

    for route in routes:
        aws_fixture.reset()
        state = state_of(route)
        set_user({"account_id": ACCOUNT, "user_id": state.target.user_id}, status=status, admin=True)
        as_stranger, _ = asked(route, state.request(caller="stranger"))
        answer, _ = asked(route, state.request(caller="plain user"))
        assert nameless(answer, "") == nameless(as_stranger, ""), route
        assert answer.status == 404


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if "cursor" in parameters_of(route, "query") and "{account_id}" in route]
)
def test_cursor_of_another_account_is_refused(route: str) -> None:
    state = state_of(route)
    theirs = call(route, **state.request(caller="administrator elsewhere"), query={"limit": "1"})
    if theirs.status == 404:
        return  # Of something that the other account does not have.
    parts = state.request() | {"query": {"cursor": theirs.body["next_cursor"]}}

    answer, accessed = asked(route, parts)

    if theirs.body["next_cursor"]:
        assert (answer.status, [error["field"] for error in answer.body["errors"]]) == (422, ["cursor"])
    assert foreign(accessed, parts, state, caller="its own") == []


def answered(id_case: IdCase, value: Any, state: RouteState) -> Seen:
    """One cell of the matrix."""
    parts = id_case.place.put(id_case.parts, value) | {"headers": KEYED}
    answer, accessed = asked(id_case.place.route, parts)
    wrongly = foreign(accessed, parts, state, caller=id_case.caller) + [one for one in accessed if one.is_write]
    said = f"{id_case.caller} asks {id_case.place} for {value!r}"
    return Seen(said, nameless(answer, value), (answer.status, answer.code), wrongly)


def asked(route: str, parts: Parts) -> tuple[Answer, list[Access]]:
    """The answer, and every access to DynamoDB."""
    accessed: list[Access] = []

    def note(exchange: Exchange) -> None:
        if exchange.service == "dynamodb":
            accessed.extend(accesses(exchange))

    with listening(note):
        return call(route, **parts), accessed


def nameless(answer: Answer, value: Any) -> tuple[int, str, str]:
    """An answer without the id of its request and without what the caller wrote."""
    text = answer.text.replace(str(answer.body.get("request_id")), "")
    words = value if isinstance(value, list) else [value]
    for word in [word for each in words for word in (each["groups"] if isinstance(each, dict) else [each])]:
        text = text.replace(f"'{word}'", "")
    return answer.status, text, repr(sorted(answer.headers.items()))


def foreign(accessed: list[Access], parts: Parts, state: RouteState, *, caller: str) -> list[Access]:
    """Accesses to what belongs neither to the caller, nor to the account or the link that the request names."""
    token = (parts.get("body") or {}).get("token", "")
    named = {
        parts.get("account_id"),
        token.split(".")[1] if "." in token else (parts.get("body") or {}).get("account_id"),
    }
    addresses = [state.given.user["email"]] if state.given.user and token and token == state.given.token else []
    addresses += [parts["email"]] if "email" in parts else []
    named |= {ACCOUNT} if parts.get("email") == state.given.parts.get("email") else set()  # Its journal tells it.
    addresses += [parts["caller"].username] if parts["caller"] else []
    addresses += mailed_by(parts, state)
    if state.case.target == MY_INVITATIONS:  # The accounts that have invited the caller.
        named |= {row["pk"] for row in rows(DIRECTORY) if row.get("email") == parts["caller"].username}
    identity, later = Ids(settings().pepper).identity_id, set[str]()
    if "recovery/start" in state.case.target:  # It reads as much for each address, for persons who may come to it, too.
        later = {Ids(settings().pepper, {each: n}).identity_id(each) for each in addresses for n in range(1, 4)}
    if parts["caller"] and parts["caller"].groups:  # Staff: of the person whom they name, and of all accounts.
        addresses += [address for address in [parts.get("email")] if address]
        named |= {PARTITION, *(row["pk"] for row in rows(DIRECTORY) if _concerns_staff(row, parts))}
        if state.case.target.endswith("/operator/seat-requests"):  # The accounts that wait for a decision, all of them.
            named |= {DUE_DECISIONS, *(row["pk"] for row in rows(DIRECTORY) if row.get("due") == DUE_DECISIONS)}
    own = named | later | state.accounts_of(caller) | {"idempotency", "withdrawal"} | set(map(identity, addresses))
    return [access for access in accessed if owner(access) not in own]


def _concerns_staff(row: dict[str, Any], parts: Parts) -> bool:
    """Whether an item makes its account known to a request of staff: of the named person, or found by a search."""
    if "email" in parts:
        return bool(row.get("email") == parts["email"])
    return row["sk"] == "account" and "search" in (parts.get("query") or {})


def mailed_by(parts: Parts, state: RouteState) -> list[str]:
    """The addresses whose identity is looked up: whether they take the mail with a link, and their names."""
    body = parts.get("body") or {}
    named = [body.get("email"), (body.get("admin") or {}).get("email") if isinstance(body.get("admin"), dict) else None]
    named += [parts.get("email")]  # Of the registry of partners.
    named += [row.get("email") for row in body.get("users", ()) if isinstance(row, dict)]
    is_about_target = parts.get("user_id") == state.given.user.get("user_id")
    named += [state.given.user.get("email")] if is_about_target else []
    return [address for address in named if isinstance(address, str)]


def owner(access: Access) -> str:
    """The account, identity or request that an item belongs to."""
    if access.table == aws_fixture.physical(MAIL):
        assert access.item, "a mail of an unknown account"
        return str(access.item.get("account_id") or access.item["identity_id"])
    if access.table == aws_fixture.physical(IDENTITIES):
        return access.partition
    assert access.table in {aws_fixture.physical(each) for each in (DIRECTORY, JOURNAL, RECORDS, SEARCH)}
    kind, _, rest = access.partition.partition("#")
    return rest if kind in {"answers", "recovery", "erasure"} else kind
