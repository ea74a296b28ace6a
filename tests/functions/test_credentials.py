"""Rule 18: changing the password with the current one, and signing out everywhere."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from shared.adapters.cognito import open_cognito
from shared.clock import utc_now
from shared.domain.model.identities import LOCK_LEASE
from shared.domain.model.values import iso
from shared.domain.policy.rate_limits import MAX_PASSWORD_CHANGES_PER_DAY, MAX_PASSWORD_TRIES_PER_DAY
from shared.storage_schema import IDENTITIES, MAIL
from tests import aws_fixture, invoke
from tests.command_cases.case import KEYED
from tests.factories import CHANGE_PASSWORD, LEE_ADDRESS, ME, PASSWORD, SIGN_OUT, a_user, recovery_token
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused, wrong_fields
from tests.functions.faults import counting, meanwhile, refusing
from tests.functions.recovering import finish
from tests.invoke import Answer, SignedIn
from tests.proofs import movable_clock
from tests.table_edits import set_in

pytestmark = pytest.mark.usefixtures("no_waiting")
NEW = "Trombone61"
BODY = {"current_password": PASSWORD, "password": NEW}


def lee() -> SignedIn:
    """Make the user Lee, and sign them in."""
    return SignedIn(LEE_ADDRESS, a_user(an_account()).signed_in.sub, signed_in_at=100, session="this")


def another(caller: SignedIn, *, signed_in_at: int = 100, session: str = "another") -> SignedIn:
    """The same person in another session."""
    return SignedIn(caller.username, caller.sub, signed_in_at=signed_in_at, session=session)


def change(caller: SignedIn, current: str = PASSWORD, password: str = NEW, **parts: Any) -> Answer:
    return call(CHANGE_PASSWORD, caller=caller, body={"current_password": current, "password": password}, **parts)


def the_identity() -> dict[str, Any]:
    [found] = [row for row in aws_fixture.items(IDENTITIES) if row["address"] == LEE_ADDRESS]
    return found


def test_changed_password_ends_all_other_sessions_and_is_mailed() -> None:
    caller = lee()
    refresh = aws_fixture.cognito.initiate_auth(
        ClientId=aws_fixture.USER_POOL_CLIENT_ID,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": LEE_ADDRESS, "PASSWORD": PASSWORD},
    )["AuthenticationResult"]["RefreshToken"]

    answer = change(caller)

    assert answer.status == 200
    assert answer.body["session"]["access_token"]
    assert open_cognito().sign_in(LEE_ADDRESS, NEW)
    assert open_cognito().sign_in(LEE_ADDRESS, PASSWORD) is None
    assert call(ME, caller=caller).status == 200
    for other in (another(caller), another(caller, session="")):
        assert refused(call(ME, caller=other)) == (401, "unauthorized")
    assert [row["kind"] for row in aws_fixture.items(MAIL)].count("password_changed") == 1
    with pytest.raises(aws_fixture.cognito.exceptions.NotAuthorizedException):
        aws_fixture.cognito.initiate_auth(
            ClientId=aws_fixture.USER_POOL_CLIENT_ID,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": refresh},
        )


def test_wrong_current_password_is_a_clear_refusal_of_that_field() -> None:
    caller = lee()

    answer = change(caller, current="Trombone99")

    [error] = answer.body["errors"]
    assert refused(answer) == (422, "invalid_request")
    assert (error["field"], error["reason"]) == ("current_password", "wrong_password")
    assert open_cognito().sign_in(LEE_ADDRESS, PASSWORD)
    assert "sign_in_lock" not in the_identity()


def test_wrong_current_passwords_are_limited_and_the_right_one_starts_again() -> None:
    caller = lee()
    for _ in range(MAX_PASSWORD_TRIES_PER_DAY - 1):
        change(caller, current="Trombone99")
    assert change(caller).status == 200
    assert "password_tries" not in the_identity()

    for _ in range(MAX_PASSWORD_TRIES_PER_DAY):
        assert change(caller, current="Trombone99", password="Trombone62").status == 422
    with nothing_changes():
        assert refused(change(caller, current=NEW, password="Trombone62")) == (429, "rate_limited")


def test_new_password_is_no_second_guess_beyond_ten_a_day() -> None:
    caller = lee()

    with counting("cognito-idp") as requests:
        answers = [change(caller, current=f"Trombone{n}1", password=f"Trombone{n}2") for n in range(20)]

    assert requests == ["InitiateAuth"] * 10
    assert {refused(answer) for answer in answers} == {(422, "invalid_request"), (429, "rate_limited")}


def test_changes_are_limited_too_and_so_are_their_mails() -> None:
    caller = lee()
    passwords = [PASSWORD, *(f"Trombone{number}" for number in range(60, 60 + MAX_PASSWORD_CHANGES_PER_DAY))]
    for current, password in pairwise(passwords):
        assert change(caller, current=current, password=password).status == 200

    with nothing_changes():
        answer = change(caller, current=passwords[-1])

    assert refused(answer) == (429, "rate_limited")
    assert int(answer.headers["retry-after"]) == answer.body["retry_after"] > 0
    assert [row["kind"] for row in aws_fixture.items(MAIL)].count("password_changed") == MAX_PASSWORD_CHANGES_PER_DAY
    assert open_cognito().sign_in(LEE_ADDRESS, passwords[-1])


def test_two_changes_at_the_same_moment_are_counted_as_two() -> None:
    caller = lee()

    with meanwhile("dynamodb", "UpdateItem", lambda: change(caller)):
        answer = change(caller, current=NEW, password="Trombone62")

    assert answer.status == 200
    assert the_identity()["password_changes"]["number"] == 2


def test_recovery_neither_counts_nor_forgets_changes() -> None:
    caller = lee()
    change(caller)
    counted = the_identity()["password_changes"]

    assert finish(recovery_token(LEE_ADDRESS)).status == 200

    assert the_identity()["password_changes"] == counted


@pytest.mark.parametrize(
    ("password", "reason"),
    [("short", None), ("Password1", "password_too_common"), ("Sherron11", "password_too_common"), (PASSWORD, None)],
)
def test_bad_new_password_is_refused_before_anything_is_tried(password: str, reason: str | None) -> None:
    caller = lee()

    with nothing_changes():
        answer = change(caller, password=password)

    assert wrong_fields(answer) == {"password"}
    assert answer.body["errors"][0].get("reason") == reason


def test_interrupted_change_is_completed_by_the_same_request() -> None:
    caller = lee()
    with refusing("dynamodb", "TransactWriteItems", "AccessDeniedException"):
        assert invoke.call(CHANGE_PASSWORD, caller=caller, body=BODY).status == 500
    assert open_cognito().sign_in(LEE_ADDRESS, NEW)

    answer = change(caller)

    assert answer.status == 200
    assert the_identity()["kept_session"] == "this"


def test_sign_out_ends_every_session_and_repeating_it_changes_nothing() -> None:
    caller = lee()

    assert call(SIGN_OUT, caller=caller).status == 200

    for session in (caller, another(caller)):
        assert refused(call(ME, caller=session)) == (401, "unauthorized")
    with nothing_changes():
        assert call(SIGN_OUT, caller=caller).status == 200
    assert call(ME, caller=another(caller, signed_in_at=9_999_999_999)).status == 200
    assert open_cognito().sign_in(LEE_ADDRESS, PASSWORD)


def test_sign_out_also_ends_a_session_that_was_kept() -> None:
    caller = lee()
    change(caller)

    call(SIGN_OUT, caller=caller)

    assert refused(call(ME, caller=caller)) == (401, "unauthorized")


def test_sign_out_brings_back_no_session_that_a_later_change_has_ended() -> None:
    caller, later = lee(), "2099-01-01T00:00:00.000Z"

    def ended_later() -> None:
        set_in(IDENTITIES, {"pk": the_identity()["pk"]}, sessions_since=later)

    with meanwhile("dynamodb", "TransactWriteItems", ended_later):
        answer = call(SIGN_OUT, caller=caller)

    assert answer.status == 200
    assert the_identity()["sessions_since"] == later


@pytest.mark.parametrize("operation", ["InitiateAuth", "AdminSetUserPassword"])
def test_what_aws_refuses_counts_as_no_wrong_password(operation: str) -> None:
    caller = lee()
    change(caller, current="Wrong password 1")
    counted = the_identity()["password_tries"]

    for _ in range(MAX_PASSWORD_TRIES_PER_DAY):
        with refusing("cognito-idp", operation, "TooManyRequestsException"):
            assert refused(change(caller)) == (503, "busy")

    assert the_identity()["password_tries"] == counted
    assert change(caller).status == 200


def test_a_wrong_password_counts_also_while_aws_throttles() -> None:
    caller = lee()

    with refusing("cognito-idp", "InitiateAuth", "TooManyRequestsException", after=1):
        answer = change(caller, current="Wrong password 1")

    assert refused(answer) == (503, "busy")
    assert the_identity()["password_tries"]["number"] == 1


def test_sign_out_ends_no_session_of_a_new_owner() -> None:
    caller = lee()
    before = the_identity()

    with meanwhile("dynamodb", "TransactWriteItems", lambda: set_in(IDENTITIES, {"pk": before["pk"]}, sub="other")):
        answer = call(SIGN_OUT, caller=caller)

    assert refused(answer) == (401, "unauthorized")
    assert the_identity() == before | {"sub": "other"}


@pytest.mark.parametrize("route", [CHANGE_PASSWORD, SIGN_OUT])
def test_stranger_and_blocked_identity_are_refused(route: str) -> None:
    caller = lee()
    body = BODY if route == CHANGE_PASSWORD else None
    stranger = SignedIn("nobody@example.org", "no-sub")
    aws_fixture.dynamodb.update_item(
        TableName=aws_fixture.physical(IDENTITIES),
        Key={"pk": {"S": the_identity()["pk"]}},
        UpdateExpression="SET blocked = :yes",
        ExpressionAttributeValues={":yes": {"BOOL": True}},
    )

    with nothing_changes():
        for each in (stranger, caller):
            assert refused(call(route, caller=each, body=body)) == (401, "unauthorized")


def test_a_key_that_is_used_again_after_a_day_changes_the_password_again() -> None:
    caller = lee()
    with movable_clock.ago(timedelta(hours=25)):
        assert change(caller, headers=KEYED).status == 200

    answer = change(caller, current=NEW, password="Trombone62", headers=KEYED)

    assert answer.status == 200
    assert [row["kind"] for row in aws_fixture.items(MAIL)].count("password_changed") == 2
    assert refused(call(ME, caller=another(caller))) == (401, "unauthorized")


def test_repeated_sign_out_ends_no_later_session() -> None:
    caller = lee()
    later = another(caller, signed_in_at=2**40)
    call(SIGN_OUT, caller=caller, headers=KEYED)

    with nothing_changes():
        answer = call(SIGN_OUT, caller=later, headers=KEYED)

    assert answer.status == 200


@pytest.mark.parametrize("changes", [change, lambda caller: finish(recovery_token(caller.username))])
def test_password_is_not_written_once_another_request_has_the_lock(changes: Callable[[SignedIn], Answer]) -> None:
    caller = lee()
    lock = {"operation": "another", "until": iso(utc_now() + LOCK_LEASE)}

    def taken() -> None:
        set_in(IDENTITIES, {"pk": the_identity()["pk"]}, sign_in_lock=lock)

    with meanwhile("cognito-idp", "AdminSetUserPassword", taken):
        answer = changes(caller)

    assert refused(answer) == (409, "conflict")
    assert the_identity()["sign_in_lock"] == lock
    assert "sessions_since" not in the_identity()
