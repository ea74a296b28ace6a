from datetime import timedelta
from typing import Any

import pytest
import time_machine

from shared.domain.model.invitation_tokens import Channel
from shared.storage_schema import DIRECTORY, JOURNAL, MAIL
from tests import aws_fixture
from tests.clock import next_noon
from tests.factories import (
    ACCOUNT,
    ADMINISTRATORS,
    OPEN_ACCOUNT,
    REQUEST_NEW,
    RESEND,
    ActiveUser,
    a_user,
    an_operator,
    delivered,
    invited,
    text_of,
    token_for,
)
from tests.functions.cached_fixtures import an_account
from tests.functions.contract import call, nothing_changes, refused
from tests.functions.faults import counting
from tests.invoke import Answer, wake
from tests.table_edits import overdue, sent_before, set_in, set_user


def request_new_link(user: dict[str, Any], **how: Any) -> Answer:
    return call(REQUEST_NEW, body={"token": token_for(user, **how)})


def told() -> list[str]:
    return sorted(mail["To"].addresses[0].addr_spec for mail in delivered() if "new link" in mail["Subject"].casefold())


@pytest.mark.parametrize("is_swept", [True, False])
@pytest.mark.parametrize("channel", Channel)
def test_the_inviter_is_told_of_someone_who_asks(channel: Channel, is_swept: bool) -> None:
    ann = an_account()
    user = overdue(invited(ann))
    if is_swept:
        wake("expire")

    answer = request_new_link(user, channel=channel)

    [entry] = [row for row in aws_fixture.items(JOURNAL) if row["type"] == "invitation.new_link_requested"]
    assert (answer.status, answer.body["status"], answer.body["account"]["account_id"]) == (202, "requested", ACCOUNT)
    assert (entry["actor"], entry["user_id"]) == (user["user_id"], user["user_id"])
    assert told() == ["ann@example.org"]


def test_the_one_who_is_told_resends_with_one_click() -> None:
    ann = an_account()
    user = overdue(sent_before(invited(ann)))
    request_new_link(user)

    answer = call(RESEND, caller=ann.signed_in, account_id=ACCOUNT, user_id=user["user_id"])

    assert (answer.status, answer.body["status"]) == (200, "invited")


def test_asking_counts_once_a_day() -> None:
    ann, noon = an_account(), next_noon()
    with time_machine.travel(noon, tick=False):
        user = overdue(invited(ann))
        request_new_link(user)
        with nothing_changes():
            again = request_new_link(user)
    with time_machine.travel(noon + timedelta(hours=12), tick=False):
        tomorrow = request_new_link(user)

    assert (refused(again), again.body["retry_after"]) == ((429, "rate_limited"), 12 * 3600)
    assert tomorrow.status == 202


def gone(person: ActiveUser) -> None:
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": f"user#{person.user_id}"}, status="inactive")
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": "account"}, **{f"administrators__{person.user_id}": None})


def test_asking_reads_nothing_but_the_invitation_and_what_stands_beside_it() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", admin=True)
    user = overdue(invited(bea))
    gone(bea)

    with counting("dynamodb") as made:
        first = request_new_link(user)
        refused_again = request_new_link(user)

    assert (first.status, refused_again.status) == (202, 429)
    assert made == ["BatchGetItem", "BatchGetItem", "TransactWriteItems", "BatchGetItem", "BatchGetItem"]


def test_if_the_inviter_is_gone_the_active_administrators_are_told() -> None:
    ann = an_account()
    bea, cem = (a_user(ann, f"{name}@example.org", admin=True) for name in ("bea", "cem"))
    a_user(ann, "nobody@example.org")
    user = overdue(invited(bea))
    gone(bea)

    answer = request_new_link(user)

    # A link of someone who is gone refuses as revoked only while it would work.
    assert answer.status == 202
    assert told() == sorted([ann.address, cem.address])


def test_an_inviter_who_may_not_invite_any_more_is_not_asked() -> None:
    ann = an_account()
    bea = a_user(ann, "bea@example.org", permissions={"allow": ["users.invite"]})
    user = overdue(invited(bea))
    set_in(DIRECTORY, {"pk": ACCOUNT, "sk": f"user#{bea.user_id}"}, allow=[])

    request_new_link(user)

    assert told() == [ann.address]


def test_for_an_operators_invitation_the_administrators_are_told_else_the_staff() -> None:
    ann = an_account()
    body = {"first_name": "Bea", "last_name": "Boss", "email": "bea@example.org"}
    user = overdue(call(ADMINISTRATORS, caller=an_operator(), account_id=ACCOUNT, body=body).body)

    first = request_new_link(user)
    mails = told()
    gone(ann)
    alone = overdue(
        call(ADMINISTRATORS, caller=an_operator(), account_id=ACCOUNT, body=body | {"email": "c@example.org"}).body
    )

    assert (first.status, mails) == (202, [ann.address])
    answer = request_new_link(alone)

    [to_staff] = [mail for mail in delivered() if mail["To"] == "staff@usher.example"]
    assert (answer.status, told()) == (202, mails)
    assert "has asked for a new link" in text_of(to_staff)


def test_first_administrator_whose_link_has_expired_reaches_the_staff() -> None:
    admin = {"first_name": "Kim", "last_name": "First", "email": "kim@example.org"}
    body = {"account_id": "cd456", "name": "Contoso", "seats": 3, "admin": admin}
    user = overdue(call(OPEN_ACCOUNT, caller=an_operator(), body=body).body["user"])

    answer = request_new_link(user)

    [to_staff] = [mail for mail in delivered() if mail["To"] == "staff@usher.example"]
    assert answer.status == 202
    assert "cd456" in text_of(to_staff)


def test_not_more_than_ten_are_told() -> None:
    ann = an_account(seats=20)
    for number in range(11):
        a_user(ann, f"a{number}@example.org", admin=True)
    bea = a_user(ann, "bea@example.org", admin=True)
    user = overdue(invited(bea))
    gone(bea)

    request_new_link(user)

    assert len([row for row in aws_fixture.items(MAIL) if row["kind"] == "new_link_requested"]) == 10


def test_a_link_that_still_works_is_to_be_opened() -> None:
    user = invited(an_account())

    with nothing_changes():
        answer = request_new_link(user)

    assert refused(answer) == (409, "wrong_state")
    assert "still works" in answer.body["detail"]


@pytest.mark.parametrize(
    ("status", "generation", "code"),
    [
        ("declined", 1, "invitation_declined"),
        ("removed", 1, "invitation_revoked"),
        ("active", 1, "invitation_accepted"),
        ("expired", 2, "invitation_replaced"),
    ],
)
def test_a_link_that_is_dead_for_another_reason_asks_for_nothing(status: str, generation: int, code: str) -> None:
    user = invited(an_account())
    set_user(user, status=status, invitation__generation=generation)

    with nothing_changes():
        answer = request_new_link(user)

    assert refused(answer) == (410, code)


def test_the_same_key_asks_once() -> None:
    user = overdue(invited(an_account()))
    body = {"token": token_for(user)}

    first = call(REQUEST_NEW, body=body, headers={"idempotency-key": "once"})
    with nothing_changes():
        second = call(REQUEST_NEW, body=body, headers={"idempotency-key": "once"})

    assert (first.status, second.status, second.body) == (202, 202, first.body)
