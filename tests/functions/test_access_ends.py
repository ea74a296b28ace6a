"""Access with an end: from the request to the sweep and back (rules 19, 24 and 37)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from shared.clock import utc_now
from shared.domain.model.values import iso
from shared.storage_schema import DIRECTORY, JOURNAL
from tests import aws_fixture
from tests.domain.states import OFFERED
from tests.factories import (
    ACCESS,
    ACCOUNT,
    DEACTIVATE,
    EDIT,
    EVALUATION,
    GET_ACCOUNT,
    INVITE,
    INVITE_MANY,
    ME,
    PREVIEW,
    RESEND,
    USER,
    USERS,
    ActiveUser,
    a_user,
    delivered,
    invitation,
    invited,
    token_for,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, comes_back, nothing_changes, on_user, refused, wrong_fields
from tests.invoke import Context, wake
from tests.table_edits import indexed, overdue, set_user, user_row

DAY = timedelta(days=1)


def ahead(by: timedelta = 30 * DAY) -> str:
    return iso(utc_now() + by)


def seen(by: ActiveUser, user_id: str) -> Any:
    return call(USER, caller=by.signed_in, account_id=ACCOUNT, user_id=user_id).body


def test_an_end_is_given_with_the_invitation_and_shown() -> None:
    ann, ends = an_account(), ahead()

    user = invited(ann, access_until=ends)
    rows = [{"first_name": "Kim", "last_name": "Lee", "email": "kim@example.org", "access_until": ends}]
    batch = call(INVITE_MANY, caller=ann.signed_in, account_id=ACCOUNT, body={"users": rows}).body

    assert (user["access_until"], batch["results"][0]["user"]["access_until"]) == (ends, ends)
    assert seen(ann, user["user_id"])["access_until"] == ends


@pytest.mark.parametrize(
    "given",
    [
        "2131-05-01",
        "2131-05-01T12:00:00",
        "2131-05-01T12:00:00+02:00",
        "2131-02-30T12:00:00Z",
        "2131-05-01T25:00:00Z",
        "tomorrow",
        "",
        1_900_000_000,
        True,
        ["2131-05-01T12:00:00Z"],
        "0000-01-01T00:00:00Z",
        "2000-01-01T00:00:00Z",
    ],
)
def test_an_end_is_a_moment_in_utc_that_lies_ahead(given: object) -> None:
    ann = an_account()
    user = invited(ann)
    body = {"first_name": "Kim", "last_name": "Lee", "email": "kim@example.org", "access_until": given}

    with nothing_changes():
        edit = on_user(EDIT, ann, user["user_id"], access_until=given)
        invite = call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=invitation("kim@example.org", **body))
        batch = call(INVITE_MANY, caller=ann.signed_in, account_id=ACCOUNT, body={"users": [body]}).body["results"][0]

    assert (wrong_fields(edit), wrong_fields(invite)) == ({"access_until"}, {"access_until"})
    assert (batch["code"], batch["errors"][0]["field"]) == ("invalid_request", "access_until")


@pytest.mark.parametrize("given", ["9999-12-31T23:59:59.999Z", "2131-05-01T12:00Z", "2131-05-01T12:00:00.5Z"])
def test_a_moment_may_be_far_and_short(given: str) -> None:
    ann = an_account()

    answer = on_user(EDIT, ann, invited(ann)["user_id"], access_until=given)

    assert answer.body["access_until"] == iso(datetime.fromisoformat(given))


def test_the_clock_ends_access_before_the_sweep_does() -> None:
    ann = an_account()
    lee = a_user(ann, access_until=ahead(DAY))
    question = {
        "subject": {"type": "user", "id": lee.user_id},
        "action": {"name": "users.view"},
        "resource": {"type": "account", "id": ACCOUNT},
    }
    before = call(ACCESS, caller=lee.signed_in, account_id=ACCOUNT).status

    with time_machine.travel(utc_now() + DAY, tick=True):
        shown = seen(ann, lee.user_id)
        decision = call(EVALUATION, caller=lee.signed_in, account_id=ACCOUNT, body=question)
        accounts = call(ME, caller=lee.signed_in).body["accounts"]
        answers = [call(route, caller=lee.signed_in, account_id=ACCOUNT) for route in (ACCESS, GET_ACCOUNT, USERS)]

    assert (before, shown["status"], shown["allowed_actions"]) == (200, "inactive", OFFERED["inactive"])
    assert [refused(answer) for answer in (decision, *answers)] == [(404, "not_found")] * 4
    assert accounts == []
    assert user_row(lee.user_id)["status"] == "active"


def test_the_sweep_follows_with_lists_counts_and_seats() -> None:
    ann = an_account()
    lee = a_user(ann, access_until=ahead(DAY))

    with time_machine.travel(utc_now() + DAY, tick=True):
        wake("expire")
        indexed()
        account = call(GET_ACCOUNT, caller=ann.signed_in, account_id=ACCOUNT).body
        query = {"status": "inactive"}
        listed = call(USERS, caller=ann.signed_in, account_id=ACCOUNT, query=query).body["data"]
        with nothing_changes():
            wake("expire")
        told = [mail["To"] for mail in delivered() if "has ended" in mail["Subject"]]

    assert (account["seats"]["used"], account["counts"]["active"], account["counts"]["inactive"]) == (1, 1, 1)
    assert [user["user_id"] for user in listed] == [lee.user_id]
    [entry] = [row for row in aws_fixture.items(JOURNAL) if row["type"] == "user.deactivated"]
    assert (entry["actor"], entry["after"]) == ("clock", {"status": "inactive", "reason": "access_ended"})
    assert told == ["Lee Sherron <lee@example.org>"]


@pytest.mark.parametrize("swept", [True, False])
def test_someone_who_comes_back_has_no_end_that_has_passed(*, swept: bool) -> None:
    ann = an_account(seats=2)
    lee = a_user(ann, access_until=ahead(DAY))

    with time_machine.travel(utc_now() + DAY, tick=True):
        if swept:
            wake("expire")
        answer = comes_back(ann, lee)
        wake("expire")
        status = call(ACCESS, caller=lee.signed_in, account_id=ACCOUNT).status

    assert (answer.body["status"], answer.body["access_until"], status) == ("active", None, 200)
    kinds = [row["type"] for row in aws_fixture.items(JOURNAL) if row.get("user_id") == lee.user_id]
    assert sorted(kinds) == ["user.deactivated", "user.invited", "user.joined", "user.reactivated"]


@pytest.mark.parametrize("swept", [True, False])
def test_an_invitation_ends_with_the_access_that_it_would_give(*, swept: bool) -> None:
    ann = an_account()
    user = invited(ann, access_until=ahead(DAY))

    with time_machine.travel(utc_now() + DAY, tick=True):
        if swept:
            wake("expire")
        link = call(PREVIEW, body={"token": token_for(user)})
        again = on_user(RESEND, ann, user["user_id"])

    assert user["invitation"]["expires_at"] == user["access_until"]
    assert refused(link) == (410, "invitation_expired")
    assert (again.status, again.body["access_until"], again.body["status"]) == (200, None, "invited")


def test_links_of_someone_whose_access_is_over_refuse_at_once_and_are_revoked() -> None:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True, access_until=ahead(DAY))
    user = invited(bob)

    with time_machine.travel(utc_now() + DAY, tick=True):
        link = call(PREVIEW, body={"token": token_for(user)})
        wake("expire")
    with time_machine.travel(utc_now() + DAY + timedelta(minutes=1), tick=True):
        wake("revoke_orphaned_invitations")

    assert refused(link) == (410, "invitation_revoked")
    assert user_row(user["user_id"])["status"] == "removed"


def test_the_last_administrator_without_an_end_gets_none_and_stays() -> None:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True, access_until=ahead())

    with nothing_changes():
        answers = [
            on_user(EDIT, ann, ann.user_id, access_until=ahead()),
            on_user(EDIT, bob, ann.user_id, access_until=ahead()),
            on_user(DEACTIVATE, bob, ann.user_id),
        ]

    assert [refused(answer) for answer in answers] == [(409, "last_admin")] * 3
    [account] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "account"]
    assert account["admins"] == 1


def test_nobody_lifts_their_own_end() -> None:
    ann = an_account()
    lee = a_user(ann, permissions={"allow": ["users.view", "users.edit"]}, access_until=ahead())

    with nothing_changes():
        answer = on_user(EDIT, lee, lee.user_id, access_until=None)

    assert refused(answer) == (409, "cannot_act_on_self")


@pytest.mark.parametrize(("of_invitation", "first"), [(3, "invited"), (1, "access")])
def test_the_longest_overdue_comes_first_whether_invitation_or_access(of_invitation: int, first: str) -> None:
    ann = an_account()
    member = a_user(ann, "kim@example.org")
    overdue({"account_id": ACCOUNT, "user_id": member.user_id}, by=timedelta(minutes=2))
    ended = {"access_until": iso(utc_now() - timedelta(minutes=2)), "due": "access_ends"}
    set_user({"account_id": ACCOUNT, "user_id": member.user_id}, **ended)
    user = overdue(invited(ann), by=timedelta(minutes=of_invitation))
    remaining = iter([50_000])

    class TimeForOne(Context):
        def get_remaining_time_in_millis(self) -> int:
            return next(remaining, 0)

    wake("expire", context=TimeForOne())

    changed = {"invited": user_row(user["user_id"])["status"], "access": user_row(member.user_id)["status"]}
    assert changed == {"invited": "invited", "access": "active"} | {
        first: {"invited": "expired", "access": "inactive"}[first]
    }
