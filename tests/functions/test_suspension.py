"""Accounts that staff suspend and resume."""

from typing import Any

import pytest
import time_machine

from shared.clock import utc_now
from shared.storage_schema import DIRECTORY, JOURNAL
from tests import aws_fixture
from tests.clock import INDEXES_KNOW
from tests.factories import (
    ACCEPT,
    ACCESS,
    ACCOUNT,
    BLOCK,
    DECLINE,
    EDIT,
    EVALUATION,
    GET_ACCOUNT,
    GET_ANY_ACCOUNT,
    INVITE,
    PREVIEW,
    REQUEST_NEW,
    RESEND,
    RESUME,
    SUSPEND,
    USERS,
    a_user,
    acceptance,
    an_operator,
    invited,
    token_for,
)
from tests.functions.cached_fixtures import an_account, two_accounts
from tests.functions.contract import call, nothing_changes, refused
from tests.functions.faults import losing_answers, meanwhile
from tests.functions.operating import invite_administrator
from tests.invoke import HOST, Answer, wake
from tests.table_edits import overdue, sent_before, set_user


def staff(route: str, account_id: str = ACCOUNT) -> Answer:
    return call(route, caller=an_operator(), account_id=account_id, **({} if route.startswith("GET") else {"body": {}}))


def entries() -> list[tuple[str, Any, Any]]:
    told = [row for row in aws_fixture.items(JOURNAL) if row["type"] in {"account.suspended", "account.resumed"}]
    return [(row["type"], row["before"], row["after"]) for row in told]


def test_users_of_a_suspended_account_are_refused_until_it_is_resumed() -> None:
    ann, zoe = two_accounts()
    lee = a_user(ann)

    suspended = staff(SUSPEND)
    with nothing_changes():
        refusals = [
            refused(call(route, caller=by.signed_in, account_id=ACCOUNT))
            for route in (GET_ACCOUNT, ACCESS, USERS)
            for by in (ann, lee)
        ]
        other = call(GET_ACCOUNT, caller=zoe.signed_in, account_id="zz999")
        foreign = call(GET_ACCOUNT, caller=zoe.signed_in, account_id=ACCOUNT)
        read = staff(GET_ANY_ACCOUNT)
    resumed = staff(RESUME)

    assert (suspended.body["status"], read.body["status"], resumed.body["status"]) == (
        "suspended",
        "suspended",
        "active",
    )
    assert refusals == [(403, "not_allowed")] * 6
    assert (other.status, refused(foreign)) == (200, (404, "not_found"))
    assert call(ACCESS, caller=lee.signed_in, account_id=ACCOUNT).status == 200
    assert entries() == [
        ("account.suspended", {"status": "active"}, {"status": "suspended"}),
        ("account.resumed", {"status": "suspended"}, {"status": "active"}),
    ]


@pytest.mark.parametrize(
    ("route", "status"), [(INVITE, None), (RESEND, "invited"), (BLOCK, "active"), (EDIT, "active")], ids=str
)
def test_what_users_do_at_the_moment_of_the_suspension_is_refused(route: str, status: str | None) -> None:
    ann = an_account()
    lee = {"user_id": a_user(ann).user_id} if status == "active" else invited(ann) if status else None
    body = {
        INVITE: {"email": "max@example.org", "first_name": "Max", "last_name": "Member"},
        BLOCK: {"reason": "security"},
        EDIT: {"reference": "R-7"},
    }.get(route, {})
    if status == "invited" and lee:
        set_user(lee, invitation__sent_at="2026-01-01T00:00:00.000Z")
    before = len(aws_fixture.items(JOURNAL))

    with meanwhile("dynamodb", "TransactWriteItems", lambda: staff(SUSPEND)):
        answer = call(
            route,
            caller=ann.signed_in,
            account_id=ACCOUNT,
            body=body,
            **({"user_id": lee["user_id"]} if lee else {}),
        )

    assert refused(answer) == (403, "not_allowed")
    assert len(aws_fixture.items(JOURNAL)) == before + 1  # The suspension alone.


def test_links_of_a_suspended_account_refuse_and_stay() -> None:
    ann = an_account()
    lee = invited(ann, "lee@example.org")
    token = token_for(lee)
    staff(SUSPEND)

    with nothing_changes():
        refusals = [
            refused(call(PREVIEW, body={"token": token})),
            refused(call(ACCEPT, body=acceptance(token))),
            refused(call(DECLINE, body={"token": token})),
        ]
    with time_machine.travel(utc_now() + INDEXES_KNOW):
        wake("revoke_orphaned_invitations")
    staff(RESUME)

    assert refusals == [(410, "invitation_revoked")] * 3
    assert call(PREVIEW, body={"token": token}).status == 200


def test_staff_invite_nobody_into_a_suspended_account() -> None:
    ann = an_account()
    sent_before(invited(ann, "bea@example.org", admin=True))
    staff(SUSPEND)

    with nothing_changes():
        answers = [invite_administrator(address) for address in ("bea@example.org", "cem@example.org")]
    staff(RESUME)

    assert [refused(answer) for answer in answers] == [(403, "not_allowed")] * 2
    assert {answer.body["detail"] for answer in answers} == {"This account is suspended. Resume it first."}
    assert invite_administrator("bea@example.org").status == 201


def test_an_expired_link_of_a_suspended_account_asks_for_no_other() -> None:
    token = token_for(overdue(invited(an_account())))
    staff(SUSPEND)

    with nothing_changes():
        answers = [call(route, body={"token": token}) for route in (REQUEST_NEW, PREVIEW)]
    staff(RESUME)

    assert [refused(answer) for answer in answers] == [(410, "invitation_revoked")] * 2
    assert call(REQUEST_NEW, body={"token": token}).status == 202


def test_nobody_may_do_anything_in_a_suspended_account() -> None:
    ann = an_account()
    staff(SUSPEND)
    question = {
        "subject": {"type": "user", "id": ann.user_id},
        "action": {"name": "users.view"},
        "resource": {"type": "account", "id": ACCOUNT},
    }

    answer = call(EVALUATION, caller=HOST, account_id=ACCOUNT, body=question)

    assert answer.body == {"decision": False, "context": {"reason": "account_suspended"}}


@pytest.mark.parametrize("route", [SUSPEND, RESUME])
def test_repeating_it_changes_nothing(route: str) -> None:
    an_account()
    staff(route)

    with nothing_changes():
        answer = staff(route)

    assert answer.status == 200


def test_only_operators_suspend_and_resume() -> None:
    ann = an_account()

    with nothing_changes():
        answers = [
            refused(call(route, caller=ann.signed_in, account_id=ACCOUNT, body={})) for route in (SUSPEND, RESUME)
        ]
        unknown = [refused(staff(route, "qq777")) for route in (SUSPEND, RESUME, GET_ANY_ACCOUNT)]

    assert answers == [(403, "not_allowed")] * 2
    assert unknown == [(404, "not_found")] * 3


def test_a_suspension_whose_answer_was_lost_is_journaled_once() -> None:
    an_account()

    with losing_answers("dynamodb", "TransactWriteItems") as lost:
        answer = staff(SUSPEND)

    assert lost
    [account] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "account"]
    assert (answer.status, account["status"], len(entries())) == (200, "suspended", 1)
