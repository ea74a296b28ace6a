"""What people are mailed of an end of access, and of an end that is moved (rule 37)."""

from datetime import timedelta

import time_machine

from shared.clock import utc_now
from shared.domain.model.values import iso
from shared.storage_schema import MAIL
from tests import aws_fixture
from tests.factories import (
    EDIT,
    RESEND,
    a_user,
    delivered,
    invited,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import on_user
from tests.functions.faults import meanwhile
from tests.invoke import wake
from tests.table_edits import sent_before

DAY = timedelta(days=1)


def ahead(by: timedelta = 30 * DAY) -> str:
    return iso(utc_now() + by)


def announcements() -> list[str]:
    return [mail["To"] for mail in delivered() if "ends soon" in mail["Subject"]]


def test_administrators_are_told_seven_days_before() -> None:
    ann = an_account()
    bob = a_user(ann, "bob@example.org", admin=True)
    a_user(ann, access_until=ahead(10 * DAY))

    wake("expire")
    before = announcements()
    with time_machine.travel(utc_now() + 3 * DAY, tick=True):
        wake("expire")
        wake("expire")
        told = announcements()

    assert before == []
    assert sorted(to.partition("<")[2] for to in told) == ["ann@example.org>", f"{bob.address}>"]


def test_ten_administrators_at_most_are_told() -> None:
    ann = an_account(seats=20)
    for number in range(11):
        a_user(ann, f"admin{number}@example.org", admin=True)
    a_user(ann, access_until=ahead(10 * DAY))

    with time_machine.travel(utc_now() + 3 * DAY, tick=True):
        wake("expire")

    assert len(announcements()) == 10


def test_an_end_that_was_put_off_is_told_of_again() -> None:
    ann = an_account()
    lee = a_user(ann, access_until=ahead(8 * DAY))
    told = []
    with time_machine.travel(utc_now() + 2 * DAY, tick=True):
        wake("expire")
        told += announcements()
        on_user(EDIT, ann, lee.user_id, access_until=ahead(20 * DAY))
        wake("expire")
    with time_machine.travel(utc_now() + 16 * DAY, tick=True):
        wake("expire")
        told = announcements()

    assert len(told) == 2


def test_an_end_that_is_put_off_while_it_is_told_is_told_of_again() -> None:
    ann = an_account()
    lee = a_user(ann, access_until=ahead(8 * DAY))
    with time_machine.travel(utc_now() + 2 * DAY, tick=True):
        with meanwhile("dynamodb", "TransactWriteItems", lambda: wake("expire")):
            put_off = on_user(EDIT, ann, lee.user_id, access_until=ahead(20 * DAY))
        wake("expire")
    with time_machine.travel(utc_now() + 16 * DAY, tick=True):
        wake("expire")
        told = announcements()

    assert put_off.status == 200
    assert len(told) == 1  # The mail of the end before is not true any more.


def test_however_often_an_end_is_moved_people_are_mailed_of_it_once_a_day() -> None:
    ann = an_account()
    bob, lee = a_user(ann, "bob@example.org"), invited(ann)
    delivered()
    aws_fixture.sent_mails().clear()

    for number in range(3):
        if number == 2:
            on_user(RESEND, ann, sent_before(lee)["user_id"])
        for user_id, near in ((bob.user_id, 7 * DAY + timedelta(seconds=1)), (lee["user_id"], DAY)):
            on_user(EDIT, ann, user_id, access_until=ahead(near))
        with time_machine.travel(utc_now() + timedelta(minutes=1), tick=True):
            wake("expire")
            for user_id in (bob.user_id, lee["user_id"]):
                on_user(EDIT, ann, user_id, access_until=None)

    subjects = [row["kind"] for row in aws_fixture.items(MAIL) if row["kind"] in {"reminder", "access_ending"}]
    assert sorted(subjects) == ["access_ending", "reminder"]


def test_an_expiry_that_was_put_off_has_a_reminder_of_its_own() -> None:
    ann = an_account()
    lee = invited(ann, access_until=ahead(3 * DAY))

    with time_machine.travel(utc_now() + DAY + timedelta(hours=1), tick=True):
        wake("expire")
        on_user(EDIT, ann, lee["user_id"], access_until=None)
    with time_machine.travel(utc_now() + 5 * DAY + timedelta(hours=1), tick=True):
        wake("expire")

    assert [row["kind"] for row in aws_fixture.items(MAIL)].count("reminder") == 2
