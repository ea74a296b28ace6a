"""Accounts are told once that a certification was withdrawn: in the journal, and the administrators by mail."""

from typing import Any

import pytest
import time_machine

from shared.adapters.dynamodb.codec import to_item
from shared.clock import utc_now
from shared.storage_schema import DIRECTORY, JOURNAL, MAIL
from tests import aws_fixture
from tests.clock import INDEXES_KNOW
from tests.command_cases.case import KEYED
from tests.command_cases.partners import withdraw
from tests.factories import (
    ACCOUNT,
    DECLINE,
    INVITE,
    REVOKE,
    a_partner,
    a_user,
    certified,
    delivered,
    invited_partner,
    joined,
    token_for,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, on_user
from tests.functions.faults import counting, meanwhile
from tests.functions.partners import PAT, times_journaled
from tests.invoke import Context, wake


def report() -> None:
    with time_machine.travel(utc_now().replace(microsecond=0), tick=True) as traveller:
        traveller.shift(INDEXES_KNOW)
        wake("report_withdrawals")


@pytest.mark.parametrize("has_joined", [True, False])
def test_a_withdrawal_is_in_the_journal_and_the_administrators_are_told_once(*, has_joined: bool) -> None:
    ann = an_account()
    pat = a_partner(ann, admin=True).user_id if has_joined else invited_partner(ann)["user_id"]
    a_user(ann)
    delivered()
    withdraw()

    report()
    report()

    told = [mail for mail in delivered() if "no longer a certified" in mail["Subject"]]
    [entry] = [row for row in aws_fixture.items(JOURNAL) if row["type"] == "partner.certification_withdrawn"]
    assert [mail["To"] for mail in told] == ["Ann Admin <ann@example.org>"]
    assert (entry["user_id"], entry["actor"][:9]) == (pat, "operator:")


def test_a_withdrawal_that_is_taken_back_within_a_minute_is_journaled_and_mailed_to_nobody() -> None:
    ann = an_account()
    a_partner(ann)
    withdraw()
    certified(PAT)

    report()

    assert times_journaled("partner.certification_withdrawn") == 1
    assert not [mail for mail in delivered() if "no longer a certified" in mail["Subject"]]


def test_administrator_who_is_a_certified_partner_is_told_of_another_ones_withdrawal() -> None:
    ann = an_account()
    joined(ACCOUNT, invited_partner(ann, "max@example.org", admin=True))
    a_partner(ann)
    withdraw()

    report()

    told = [mail["To"] for mail in delivered() if "no longer a certified" in mail["Subject"]]
    assert sorted(told) == ["Ann Admin <ann@example.org>", "Pat Porter <max@example.org>"]


def test_a_remembered_answer_about_the_partner_does_not_disturb_the_report() -> None:
    ann = an_account()
    certified(PAT)
    body = {"kind": "partner", "email": PAT, "groups": ["everyone"]}
    assert call(INVITE, caller=ann.signed_in, account_id=ACCOUNT, body=body, headers=KEYED).status == 201
    assert [row["sk"] for row in aws_fixture.items(DIRECTORY) if row["pk"].startswith("idempotency#")]
    withdraw()

    report()

    assert times_journaled("partner.certification_withdrawn") == 1
    assert [row["pk"] for row in aws_fixture.items(DIRECTORY) if row["sk"] == "withdrawal"] == []


@pytest.mark.parametrize("route", [REVOKE, DECLINE])
def test_where_the_partner_is_gone_a_withdrawal_is_not_reported(route: str) -> None:
    ann = an_account()
    pat = invited_partner(ann)
    if route == REVOKE:
        on_user(REVOKE, ann, pat["user_id"])
    else:
        call(DECLINE, body={"token": token_for(pat)})
    withdraw()

    report()

    assert times_journaled("partner.certification_withdrawn") == 0


def test_a_user_with_a_certified_address_who_is_no_partner_is_not_reported() -> None:
    ann = an_account()
    certified()
    a_user(ann, PAT)
    withdraw()

    report()

    assert (
        times_journaled("partner.certification_withdrawn"),
        [row for row in aws_fixture.items(DIRECTORY) if "due" in row],
    ) == (0, [])


def test_a_report_that_was_interrupted_is_finished_and_repeats_nothing() -> None:
    ann = an_account()
    a_partner(ann)
    withdraw()
    [waiting] = [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "withdrawal"]
    report()
    aws_fixture.dynamodb.put_item(
        TableName=aws_fixture.physical(DIRECTORY), Item=to_item(waiting)
    )  # As if it had died before the end.

    report()

    assert times_journaled("partner.certification_withdrawn") == 1
    assert [row["kind"] for row in aws_fixture.items(MAIL)].count("certification_withdrawn") == 1


def many_accounts(pat: dict[str, Any], number: int) -> None:
    """Give the partner as many further accounts, each a copy of the first."""
    rows = {row["sk"]: row for row in aws_fixture.items(DIRECTORY) if row["pk"] == ACCOUNT}
    for each in range(number):
        account_id, user_id = f"zz{each:04}", f"{each:026}"
        of_user = rows[f"user#{pat['user_id']}"] | {"sk": f"user#{user_id}", "user_id": user_id}
        for row in (rows["account"], of_user):
            copy = row | {"pk": account_id, "account_id": account_id}
            aws_fixture.dynamodb.put_item(TableName=aws_fixture.physical(DIRECTORY), Item=to_item(copy))


def test_a_report_that_runs_out_of_time_goes_on_where_it_stopped() -> None:
    pat = invited_partner(an_account())
    many_accounts(pat, 120)
    withdraw()
    remaining = iter([10_000, 10_000, 9_999])  # Of the sweep before the withdrawal, and before each page.

    class ShortOfTime(Context):
        def get_remaining_time_in_millis(self) -> int:
            return next(remaining, 10_000)

    with time_machine.travel(utc_now() + INDEXES_KNOW):
        wake("report_withdrawals", context=ShortOfTime())
    first = times_journaled("partner.certification_withdrawn")
    with counting("dynamodb") as requests:
        report()

    assert (first, times_journaled("partner.certification_withdrawn")) == (50, 121)
    assert requests.count("TransactWriteItems") == 72  # The 71 accounts that were left, and the end.
    assert not [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "withdrawal"]


def test_a_run_that_another_one_overtakes_leaves_nothing_of_the_withdrawal() -> None:
    many_accounts(invited_partner(an_account()), 60)
    withdraw()
    remaining = iter([10_000] * 2)  # Until the first page is reported.

    class ShortOfTime(Context):
        def get_remaining_time_in_millis(self) -> int:
            return next(remaining, 9_999)

    with meanwhile("dynamodb", "UpdateItem", report), time_machine.travel(utc_now() + INDEXES_KNOW):
        wake("report_withdrawals", context=ShortOfTime())

    assert not [row for row in aws_fixture.items(DIRECTORY) if row["sk"] == "withdrawal"]
